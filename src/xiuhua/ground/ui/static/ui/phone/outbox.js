/**
 * The outbox (待发): a form marked `data-xh-outbox="kind"` is sealed, kept on the phone and sent: at once where there is signal,
 * by itself as soon as there is. Where this browser cannot seal or keep, the form is a plain form.
 */

import { _ } from "../words.js";
import { forget } from "./copies.js";
import { draftOf, fill, letterOf, newKey, onceOf } from "./letter.js";
import { ask, icon, made, say } from "./parts.js";
import { picker } from "./photos.js";
import { draw as drawRefusals, wordsOf } from "./refusals.js";
import { canSeal } from "./seal.js";
import { changed, letters, onChange } from "./store.js";
import { askBox, flush, goneOf, nextTry, send } from "./sync.js";
import { answerOf, cellOf } from "./waiting_rows.js";

/** @typedef {import("./store.js").Letter} Letter */
/** @typedef {import("./sync.js").Outcome} Outcome */

/** Addresses come to be used when there is a page. */
const url = () => document.body.dataset.xhOutboxUrl ?? "/outbox/";
/** @type {number | undefined} */
let timer;

/**
 * Take over the page's forms, tell what waits, and send it.
 *
 * @param {string} owner whose page this is
 */
export function outbox(owner) {
  for (const box of document.querySelectorAll("[data-xh-picker]")) if (box instanceof HTMLElement) picker(box, icon);
  const forms = [...document.querySelectorAll("form[data-xh-outbox]")];
  for (const form of forms) if (form instanceof HTMLFormElement) takeOver(form, owner);
  for (const form of document.querySelectorAll("form[data-xh-sign-out]")) if (form instanceof HTMLFormElement) signOut(form, owner);
  if (!canSeal()) return;
  onChange((gone) => void told(owner).then(() => said(gone)));
  for (const name of ["online", "pageshow"]) addEventListener(name, () => void sync({ all: name === "online" }));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void sync());
  void told(owner).then(() => sync());
}

/**
 * Send what is due, and come back when the next is.
 *
 * @param {{ all?: boolean }} [how]
 */
async function sync(how = {}) {
  clearTimeout(timer);
  try {
    if (navigator.onLine) await said(goneOf(await flush(url(), how)));
    const next = await nextTry();
    if (next !== null) timer = window.setTimeout(() => void sync(), Math.max(1000, next - Date.now()));
  } catch {
    // a browser that keeps nothing has nothing to send
  }
}

/**
 * Say once, when the outbox is empty again, that everything has gone, whoever sent it: this page, another tab, the worker.
 *
 * @param {number} gone
 */
async function said(gone) {
  if (gone && !(await letters.count())) say("outbox", "good", _("%(count)s 件都发出去了", { count: gone }));
}

/**
 * Tell on the page what waits: on a form's page the list itself, elsewhere how much and the way there.
 *
 * @param {string} owner
 */
async function told(owner) {
  let all;
  try {
    all = await letters.orderBy("at").toArray();
  } catch {
    return;
  }
  const here = document.querySelector("[data-xh-waiting-here]");
  if (here instanceof HTMLElement) {
    here.hidden = !all.length;
    const title = made("h2", "weui-cells__title", _("等信号的（%(count)s 件）", { count: all.length }));
    const cells = await Promise.all(all.map((letter) => cellOf(letter, owner)));
    here.replaceChildren(title, made("div", "weui-cells", ...cells));
    return;
  }
  if (!all.length || document.querySelector("[data-xh-waiting]")) {
    say("waiting", "off");
    return;
  }
  const link = document.createElement("a");
  link.href = document.body.dataset.xhWaitingUrl ?? "";
  link.textContent = _("去看看");
  const stuck = all.some((letter) => letter.state === "refused" || letter.state === "conflict");
  const words = stuck ? _("有要改的，还没发出去") : _("%(count)s 件待发", { count: all.length });
  say("waiting", stuck ? "bad" : "off", `${words} `, link);
}

/**
 * @param {HTMLFormElement} form
 * @param {string} owner
 */
function takeOver(form, owner) {
  let busy = false;
  onceOf(form).value = newKey();
  void mended(form, owner);
  form.addEventListener("submit", (event) => {
    if (!canSeal() && navigator.onLine) return;
    event.preventDefault();
    if (busy) return;
    if (!canSeal()) {
      say("outbox", "bad", _("没有信号，这部手机也存不下。别关这一页，有信号再按一次。"));
      return;
    }
    busy = true;
    mark(form, true);
    void put(form, owner).finally(() => {
      busy = false;
      mark(form, false);
    });
  });
}

/**
 * Seal, keep, send, and say what became of it.
 *
 * @param {HTMLFormElement} form
 * @param {string} owner
 */
async function put(form, owner) {
  say("outbox", "off");
  drawRefusals(form, []);
  /** @type {Letter} */
  let letter;
  try {
    letter = await letterOf(form, owner);
    await letters.put(letter);
  } catch {
    await atOnce(form, owner);
    return;
  }
  changed();
  const outcome = navigator.onLine ? (await flush(url(), { only: letter.key })).get(letter.key) : undefined;
  await finish(form, outcome ?? { what: "later" });
  changed();
  if (!outcome || outcome.what === "later") void keptSafe();
  void sync();
}

/** Ask the browser not to clear what waits, and to wake the worker when there is signal; many know neither. */
async function keptSafe() {
  try {
    await navigator.storage?.persist?.();
    const registration = /** @type {any} */ (await navigator.serviceWorker?.getRegistration());
    await registration?.sync?.register("outbox");
  } catch {
    // the page itself sends as soon as it is looked at again
  }
}

/**
 * Where nothing can be kept (full, or a private window): send from memory, or leave the form as it is and say so.
 *
 * @param {HTMLFormElement} form
 * @param {string} owner
 */
async function atOnce(form, owner) {
  const box = await askBox(url());
  if (!box) {
    say("outbox", "bad", made("b", "", _("没有存下")), _("：这部手机存不下了，也没有信号。别关这一页，有信号再按一次。"));
    return;
  }
  try {
    const letter = await letterOf(form, owner);
    const outcome = await send(letter, box, url());
    if (outcome.what !== "later") {
      await finish(form, outcome);
      return;
    }
  } catch {
    // sealing needs no storage but for the draft: the plain way is left
  }
  HTMLFormElement.prototype.submit.call(form);
}

/**
 * @param {HTMLFormElement} form
 * @param {Outcome} outcome
 */
async function finish(form, outcome) {
  if (outcome.what === "refused") {
    drawRefusals(form, outcome.answer?.reasons ?? [{ text: _("没收下，请看看填的对不对"), field: null, mend: null }]);
    return;
  }
  if (outcome.what === "conflict") {
    const there = Object.entries(outcome.answer?.there ?? {}).map(([name, value]) => `${name}${_("：")}${value}`);
    drawRefusals(form, [...(outcome.answer?.reasons ?? []), ...there.map((text) => ({ text, field: null, mend: null }))]);
    return;
  }
  form.reset();
  onceOf(form).value = newKey();
  if (outcome.what === "taken") {
    const { url: address, said, title } = outcome.answer ?? {};
    if (address) location.assign(address);
    else say("outbox", "good", said || title || _("发出去了"));
  } else if (outcome.answer?.reasons) {
    const why = outcome.answer.reasons.map(wordsOf).join(" ");
    say("outbox", "off", made("b", "", _("存好了")), _("，过一会儿自动再发：%(why)s", { why }));
  } else if (outcome.what === "sign_in") say("outbox", "off", made("b", "", _("存好了")), _("，登录以后就发。"));
  else say("outbox", "off", made("b", "", _("存好了")), _("，有信号就发出去。"));
  scrollTo({ top: 0 });
}

/**
 * A letter that was opened to be mended, in its form again, under its own key.
 *
 * @param {HTMLFormElement} form
 * @param {string} owner
 */
async function mended(form, owner) {
  const key = new URLSearchParams(location.hash.slice(1)).get("mend");
  const letter = key && canSeal() ? await letters.get(key) : undefined;
  if (!letter || letter.kind !== form.dataset.xhOutbox) return;
  const [read, answer] = [await draftOf(letter, owner), await answerOf(letter, owner)];
  if (!read && !answer?.fields) return;
  onceOf(form).value = letter.key;
  fill(form, read?.draft.fields ?? answer?.fields ?? {}, read?.files ?? new Map());
  if (answer?.reasons) drawRefusals(form, answer.reasons);
}

/**
 * @param {HTMLFormElement} form
 * @param {boolean} busy
 */
function mark(form, busy) {
  for (const button of document.querySelectorAll(`button[form="${form.id}"], #${CSS.escape(form.id)} button:not([type=button])`)) {
    button.toggleAttribute("aria-busy", busy);
    button.classList.toggle("weui-btn_loading", busy);
  }
}

/**
 * Before signing out: what has not gone stays, and one is asked first. Nothing that could be read stays behind.
 *
 * @param {HTMLFormElement} form
 * @param {string} owner
 */
function signOut(form, owner) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void leave(form, owner);
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {string} owner
 */
async function leave(form, owner) {
  try {
    const mine = await letters.where("owner").equals(owner).count();
    if (mine && !(await agreed(owner, mine))) return;
    await forget();
  } catch {
    // nothing is kept here
  }
  HTMLFormElement.prototype.submit.call(form);
}

/**
 * @param {string} owner
 * @param {number} mine
 */
async function agreed(owner, mine) {
  const answer = await ask(
    _("还有 %(count)s 件没发出去", { count: mine }),
    _("先发出去，或者仍然退出：没发的留在这部手机里，封着，下次同一个人登录再发。"),
    [
      { words: _("先发出去"), css: "weui-btn_primary", value: "send" },
      { words: _("仍然退出"), css: "weui-btn_warn", value: "leave" },
    ],
  );
  if (answer !== "send") return answer === "leave";
  await flush(url(), { all: true });
  const left = await letters.where("owner").equals(owner).count();
  if (left) say("outbox", "off", _("还有 %(count)s 件发不出去，没有退出。", { count: left }));
  return left === 0;
}
