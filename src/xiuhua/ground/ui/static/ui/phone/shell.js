/**
 * The phone's shell on every page: large type, reading aloud, whether there is signal, what waits, the worker that keeps pages.
 * Without it every page still works; it only has to be sent at once.
 */

import { _ } from "../words.js";
import { isPlain, leaveTo, ownerHere } from "./copies.js";
import { outbox } from "./outbox.js";
import { say } from "./parts.js";
import { reading } from "./read.js";
import { canSeal } from "./seal.js";

const SIZE = "xh_size";
const YEAR = 365 * 86400;

/** 大字 at once, without the way to the server; the cookie tells the server for the next page. */
function sizes() {
  const form = document.querySelector("[data-xh-size]");
  const button = form?.querySelector("button");
  if (!(form instanceof HTMLFormElement) || !button) return;
  const root = document.documentElement;
  const draw = () => {
    const elder = root.classList.contains("elder");
    const words = (elder ? button.dataset.xhSmaller : button.dataset.xhLarger) ?? "";
    const label = button.querySelector("span");
    if (label) label.textContent = words;
    else button.setAttribute("aria-label", words);
    button.value = elder ? "" : "elder";
  };
  const remember = () => {
    const elder = root.classList.contains("elder");
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `${SIZE}=${elder ? "elder" : ""}; path=/; max-age=${elder ? YEAR : 0}; samesite=lax${secure}`;
    try {
      localStorage.setItem(SIZE, elder ? "elder" : "");
    } catch {
      // a browser that keeps nothing: the cookie is enough
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    root.classList.toggle("elder");
    remember();
    draw();
  });
  remember();
  draw();
}

/** Amber while there is no signal, and on the button what will happen then. */
function signal() {
  const draw = () => {
    const off = !navigator.onLine;
    const old = document.documentElement.hasAttribute("data-xh-kept");
    if (off || old) {
      const bold = document.createElement("b");
      bold.textContent = off ? _("没有信号") : _("信号不好");
      say("signal", "off", bold, document.querySelector("[data-xh-outbox]") ? _("，先存着，稍后自动发出。") : _("，看到的是上次的。"));
    } else say("signal", "off");
    for (const one of document.querySelectorAll("[data-xh-offline-words]")) {
      if (!(one instanceof HTMLElement) || !document.querySelector("[data-xh-outbox]")) continue;
      one.dataset.xhOnlineWords ??= one.textContent ?? "";
      one.textContent = (off ? one.dataset.xhOfflineWords : one.dataset.xhOnlineWords) ?? "";
    }
  };
  addEventListener("online", draw);
  addEventListener("offline", draw);
  draw();
}

/** Let the worker keep pages, where there can be one. */
async function worker() {
  const address = document.body.dataset.xhWorker;
  if (!address || !("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(address, { scope: "/", type: "module" });
    const ready = await navigator.serviceWorker.ready;
    ready.active?.postMessage({ ask: "pages" });
  } catch {
    // an older webview: pages need signal, the outbox does not
  }
}

sizes();
reading();
signal();
for (const one of document.querySelectorAll("[data-xh-focus]")) if (one instanceof HTMLElement) one.focus();
document.querySelector("[data-xh-again]")?.addEventListener("click", () => location.reload());
const owner = document.querySelector("meta[name=xh-owner]")?.getAttribute("content") ?? null;
if (isPlain()) void ownerHere().then((whose) => outbox(whose ?? ""));
else if (owner !== null) {
  if (canSeal()) void leaveTo(owner).catch(() => undefined);
  outbox(owner);
}
void worker();
