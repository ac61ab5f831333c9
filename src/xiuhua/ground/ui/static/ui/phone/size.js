/**
 * 大字 before the first stroke is drawn: a kept copy, or a page whose cookie has gone, comes in the size last chosen here.
 * No module, so that it runs before the page is drawn.
 */
(() => {
  try {
    const chosen = localStorage.getItem("xh_size");
    if (chosen !== null) document.documentElement.classList.toggle("elder", chosen === "elder");
  } catch {
    // a browser that keeps nothing: the server's cookie decides
  }
})();
