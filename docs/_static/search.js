/** The search page: Pagefind's index, our words around it. */

const words = document.getElementById("search-words");
const status = document.getElementById("search-status");
const results = document.getElementById("search-results");
const MOST = 20;

const pagefind = await opened();

async function opened() {
  try {
    const engine = await import("../pagefind/pagefind.js");
    await engine.init();
    return engine;
  } catch {
    status.textContent = location.protocol === "file:"
      ? "Browsers search pages from a server only: python3 -m http.server -d docs/_build/html"
      : "There is no search index: make docs";
    return null;
  }
}

async function search() {
  const asked = words.value.trim();
  const found = pagefind && asked ? await pagefind.debouncedSearch(asked, {}, 150) : { results: [] };
  if (!pagefind || found === null) return;
  const pages = await Promise.all(found.results.slice(0, MOST).map((result) => result.data()));
  results.replaceChildren(...pages.map(entry));
  const count = found.results.length;
  status.textContent = asked ? `${count} page${count === 1 ? "" : "s"}: ${asked}` : "";
  history.replaceState(null, "", asked ? `?q=${encodeURIComponent(asked)}` : location.pathname);
}

function entry(page) {
  const item = document.createElement("li");
  item.append(link(page.url, page.meta.title.replace("¶", "")), excerpt(page.excerpt));
  const parts = page.sub_results.filter((part) => part.url !== page.url).slice(0, 3);
  if (parts.length) {
    const list = document.createElement("ul");
    list.append(...parts.map((part) => {
      const row = document.createElement("li");
      row.append(link(part.url, part.title.replace("¶", "")));
      return row;
    }));
    item.append(list);
  }
  return item;
}

function link(url, title) {
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.textContent = title;
  return anchor;
}

/** Pagefind escapes the page's text and adds only `<mark>`. */
function excerpt(html) {
  const text = document.createElement("p");
  text.innerHTML = html;
  return text;
}

words.value = new URLSearchParams(location.search).get("q") ?? "";
words.addEventListener("input", search);
document.getElementById("search-form").addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
words.focus();
search();
