/**
 * 投票: the button says what will happen, and the form goes by fetch: so no page that answered a form lies behind the receipt,
 * where the way back would send it again, and without signal the page says that no ballot was cast. Without this script forms go
 * as ever, and the same form sent twice is one ballot. What is chosen goes nowhere else.
 */

import { say } from "../../ui/phone/parts.js";
import { _ } from "../../ui/words.js";

const PIECES = ["title", ".ph-top > .ph-back", ".ph-top > h1", "main", ".ph-page ~ .ph-dock", ".weui-tabbar"];
let busy = false;

function draw() {
  const cast = document.querySelector("[data-xh-cast]");
  const chosen = document.querySelector("input[name=choice]:checked");
  if (!(cast instanceof HTMLElement) || !(chosen instanceof HTMLElement)) return;
  cast.textContent = `${cast.dataset.xhWords ?? ""}${chosen.dataset.xhWord ?? ""}`;
}

/**
 * Show a page that the server has answered with, in the place of this one.
 *
 * @param {string} text
 */
function show(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  if (!page.querySelector("main")) return location.reload();
  for (const css of PIECES) {
    const old = document.querySelector(css);
    const fresh = page.querySelector(css);
    if (old && fresh) old.replaceWith(fresh);
    else if (fresh) document.body.append(fresh);
    else old?.remove();
  }
  scrollTo(0, 0);
  const first = document.querySelector("[data-xh-focus], main [autofocus], main");
  if (first instanceof HTMLElement) first.focus();
  draw();
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} pressed
 */
async function send(form, pressed) {
  say("cast", "bad");
  const told = new FormData(form);
  if (pressed instanceof HTMLButtonElement && pressed.name) told.append(pressed.name, pressed.value);
  try {
    const answer = await fetch(form.getAttribute("action") || location.href, { method: "POST", body: told });
    if (answer.redirected) location.replace(answer.url);
    else show(await answer.text());
  } catch {
    say("cast", "bad", navigator.onLine ? _("没有收到答复。请再按一次，不会投成两张。") : _("没有信号，票没有投出去。"));
    scrollTo(0, 0);
  }
}

document.addEventListener("change", draw);
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post" || !form.closest("main")) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  await send(form, event.submitter);
  busy = false;
});
draw();
