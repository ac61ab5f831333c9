/** The outbox's own page: each letter with its state, and what can be done: send now, open to mend, throw away. */

import { _ } from "../words.js";
import { ownerHere } from "./copies.js";
import { ask, button, icon, made, say } from "./parts.js";
import { wordsOf } from "./refusals.js";
import { canSeal } from "./seal.js";
import { changed, letters, onChange } from "./store.js";
import { flush } from "./sync.js";
import { answerOf, states, titleOf, writtenWhen } from "./waiting_rows.js";

/** @typedef {import("./store.js").Letter} Letter */

const box = document.querySelector("[data-xh-waiting]");
const TONES = { waiting: "is-soon", refused: "is-over", conflict: "is-over", sign_in: "is-info" };

async function draw() {
  if (!box) return;
  const [all, owner] = [await letters.orderBy("at").toArray(), (await ownerHere()) ?? ""];
  const cards = await Promise.all(all.map((letter) => card(letter, owner)));
  const focused = document.activeElement?.closest("[data-xh-letter]")?.getAttribute("data-xh-letter");
  box.replaceChildren(...(cards.length ? cards : [empty()]));
  const again = focused ? box.querySelector(`[data-xh-letter="${CSS.escape(focused)}"] button, [data-xh-letter="${CSS.escape(focused)}"] a`) : null;
  if (again instanceof HTMLElement) again.focus();
}

function empty() {
  return made("div", "ph-empty", icon("i-cloud-check"), made("h2", "", _("都发出去了")), made("p", "", _("没有信号的时候写的，会先存在这里。")));
}

/**
 * @param {Letter} letter
 * @param {string} owner
 */
async function card(letter, owner) {
  const [title, answer] = [await titleOf(letter, owner), await answerOf(letter, owner)];
  const head = made("div", "ph-row", made("h2", "", title), made("span", `xh-chip ${TONES[letter.state]}`, states()[letter.state]));
  const one = made("section", "ph-wait", head, made("p", "ph-sub", writtenWhen(letter.at)));
  one.dataset.xhLetter = letter.key;
  const stuck = letter.state === "refused" || letter.state === "conflict";
  if (stuck) one.append(made("ul", "", ...(answer?.reasons ?? []).map(reason), ...(answer ? [] : [made("li", "", _("没收下。再发一次，看看是为什么。"))])));
  if (answer?.there) one.append(made("p", "ph-sub", _("现在那边是：")), facts(answer.there));
  const acts = made("div", "ph-acts is-two");
  if (letter.state === "sign_in") acts.append(signIn());
  else acts.append(button(_("现在就发"), stuck ? "weui-btn_default" : "weui-btn_primary", () => sendNow(letter)));
  acts.append(open(letter, stuck), button(_("扔掉"), "weui-btn_warn", () => drop(letter, title)));
  one.append(acts);
  return one;
}

/** @param {import("./sync.js").Reason} told */
function reason(told) {
  return made("li", "", wordsOf(told));
}

/** @param {Record<string, string>} there */
function facts(there) {
  const list = document.createElement("dl");
  for (const [name, value] of Object.entries(there)) list.append(made("dt", "", name), made("dd", "", value));
  return list;
}

/**
 * @param {Letter} letter
 * @param {boolean} first
 */
function open(letter, first) {
  const link = document.createElement("a");
  link.className = `weui-btn ${first ? "weui-btn_primary" : "weui-btn_default"}`;
  link.href = `${letter.page}#mend=${encodeURIComponent(letter.key)}`;
  link.textContent = _("打开来改");
  return link;
}

function signIn() {
  const link = document.createElement("a");
  link.className = "weui-btn weui-btn_primary";
  link.href = `${document.body.dataset.xhDoor || "/"}?next=${encodeURIComponent(location.pathname)}`;
  link.textContent = _("去登录");
  return link;
}

/** @param {Letter} letter */
async function sendNow(letter) {
  const outcomes = await flush(document.body.dataset.xhOutboxUrl ?? "", { only: letter.key });
  const outcome = outcomes.get(letter.key);
  if (outcome?.what === "taken") say("sent", "good", outcome.answer?.said || _("发出去了"));
  else if (outcome?.what === "later") say("sent", "off", _("还没有信号，稍后自动再发。"));
  else say("sent", "off");
}

/**
 * @param {Letter} letter
 * @param {string} title
 */
async function drop(letter, title) {
  const answer = await ask(_("扔掉「%(title)s」？", { title }), _("扔掉就找不回来了，街道也不会收到。"), [
    { words: _("扔掉"), css: "weui-btn_warn", value: "drop" },
  ]);
  if (answer !== "drop") return;
  await letters.delete(letter.key);
  changed();
}

if (canSeal()) {
  onChange(() => void draw());
  draw().catch(() => say("outbox", "bad", _("这部手机不让网页存东西，写好的要马上发。")));
} else say("outbox", "bad", _("这部手机不让网页存东西，写好的要马上发。"));
