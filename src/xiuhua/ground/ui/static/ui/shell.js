/**
 * The frame around every page: menus, toasts, segmented controls, passwords, what was refused, the way back.
 * No other script is needed for a page to work.
 */

const TOAST_MS = 8000;

function menu() {
  const button = document.querySelector("[data-xh-menu]");
  const side = document.getElementById("xh-side");
  if (!(button instanceof HTMLElement) || !side) return;
  /** @type {HTMLElement | null} */
  let veil = null;

  /** @param {boolean} open */
  const show = (open) => {
    side.classList.toggle("show", open);
    button.setAttribute("aria-expanded", String(open));
    veil?.remove();
    veil = null;
    if (!open) return;
    veil = document.createElement("div");
    veil.className = "xh-veil";
    veil.addEventListener("click", () => show(false));
    document.body.append(veil);
    side.querySelector("a")?.focus();
  };
  button.addEventListener("click", () => show(!side.classList.contains("show")));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && side.classList.contains("show")) {
      show(false);
      button.focus();
    }
  });
  side.addEventListener("focusout", (event) => {
    const next = event.relatedTarget;
    if (next instanceof Node && !side.contains(next) && next !== button) show(false);
  });
}

/**
 * A toast goes after eight seconds, and waits while it is pointed at or holds the focus.
 *
 * @param {HTMLElement} toast
 */
function fade(toast) {
  /** @type {number | undefined} */
  let timer;
  const start = () => {
    timer = window.setTimeout(() => toast.remove(), TOAST_MS);
  };
  const stop = () => window.clearTimeout(timer);
  for (const name of ["mouseenter", "focusin"]) toast.addEventListener(name, stop);
  for (const name of ["mouseleave", "focusout"]) toast.addEventListener(name, start);
  toast.querySelector("[data-xh-close]")?.addEventListener("click", () => toast.remove());
  start();
}

/**
 * Say in a toast what has just been done.
 *
 * @param {string} text
 */
export function toast(text) {
  const box = document.querySelector("[data-xh-toasts]");
  const one = document.createElement("div");
  one.className = "toast show";
  one.textContent = text;
  box?.append(one);
  fade(one);
}

/** A press on a segment marks it and tells the page by an `xh:choose` event: `detail` is `{ name, value }`. */
function segments() {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-xh-segment] > button") : null;
    const group = button?.parentElement;
    if (!(button instanceof HTMLButtonElement) || !group) return;
    for (const other of group.children) other.setAttribute("aria-pressed", String(other === button));
    const detail = { name: group.getAttribute("data-xh-segment"), value: button.value };
    group.dispatchEvent(new CustomEvent("xh:choose", { bubbles: true, detail }));
  });
}

/** A menu that is a `details` closes on Escape, on a click elsewhere, and when the focus leaves it. */
function popmenus() {
  /** @param {Node | null} target */
  const closeOthers = (target) => {
    for (const one of document.querySelectorAll("[data-xh-popmenu][open]")) if (!target || !one.contains(target)) one.removeAttribute("open");
  };
  document.addEventListener("click", (event) => closeOthers(event.target instanceof Node ? event.target : null));
  document.addEventListener("focusin", (event) => closeOthers(event.target instanceof Node ? event.target : null));
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" ? document.querySelector("[data-xh-popmenu][open]") : null;
    if (!open) return;
    open.removeAttribute("open");
    open.querySelector("summary")?.focus();
  });
}

/** A password can be looked at while it is typed; what is sent is a password again, so that the browser knows it. */
function passwords() {
  for (const button of document.querySelectorAll("[data-xh-show]")) {
    const input = document.getElementById(button.getAttribute("data-xh-show") ?? "");
    if (!(button instanceof HTMLButtonElement) || !(input instanceof HTMLInputElement)) continue;
    /** @param {boolean} shown */
    const show = (shown) => {
      input.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
    };
    button.hidden = false;
    button.addEventListener("click", () => show(input.type === "password"));
    input.form?.addEventListener("submit", () => show(false));
  }
}

/** `/` goes to the search box of the page, as `kbd` beside it says. */
function slash() {
  document.addEventListener("keydown", (event) => {
    const at = event.target instanceof HTMLElement ? event.target : null;
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (at?.isContentEditable || at?.closest("input, textarea, select")) return;
    const box = document.querySelector("[data-xh-slash]");
    if (!(box instanceof HTMLInputElement) || !box.offsetParent) return;
    event.preventDefault();
    box.focus();
  });
}

menu();
popmenus();
segments();
passwords();
slash();
for (const one of document.querySelectorAll("[data-xh-focus]")) if (one instanceof HTMLElement) one.focus();
for (const one of document.querySelectorAll("[data-xh-toast]")) if (one instanceof HTMLElement) fade(one);
document.querySelector("[data-xh-back]")?.addEventListener("click", () => history.back());
