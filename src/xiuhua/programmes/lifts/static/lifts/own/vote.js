/** 投票: the button says what will happen. What is chosen goes nowhere else. */

const cast = document.querySelector("[data-xh-cast]");
const choices = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[name=choice]"));

function draw() {
  const chosen = [...choices].find((one) => one.checked);
  if (cast instanceof HTMLElement && chosen) cast.textContent = `${cast.dataset.xhWords ?? ""}${chosen.dataset.xhWord ?? ""}`;
}

for (const one of choices) one.addEventListener("change", draw);
draw();
