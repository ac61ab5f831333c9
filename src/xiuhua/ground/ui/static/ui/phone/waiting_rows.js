/** What waits, as it is told: a line on a form's page, a card with what can be done on the outbox's own page. */

import { _ } from "../words.js";
import { readCopy } from "./copies.js";
import { draftOf } from "./letter.js";
import { icon, made } from "./parts.js";

/** @typedef {import("./store.js").Letter} Letter */

/** @returns {Record<Letter["state"], string>} */
export function states() {
  return { waiting: _("待发"), refused: _("要改"), conflict: _("冲突"), sign_in: _("请先登录") };
}

/**
 * What the server said of a letter, where it can still be read.
 *
 * @param {Letter} letter
 * @param {string} owner
 */
export async function answerOf(letter, owner) {
  return (await readCopy(owner, letter.answer))?.value ?? null;
}

/**
 * What a letter is called here: by its first words, else by its form.
 *
 * @param {Letter} letter
 * @param {string} owner
 */
export async function titleOf(letter, owner) {
  return (await draftOf(letter, owner))?.draft.name || letter.kindTitle || _("一张表");
}

/**
 * When something was written, as one says it.
 *
 * @param {number} at
 */
export function writtenWhen(at) {
  const [then, today] = [new Date(at), new Date()];
  const time = `${then.getHours()}:${String(then.getMinutes()).padStart(2, "0")}`;
  if (then.toDateString() === today.toDateString()) return _("今天 %(time)s 写好，存在手机里", { time });
  return _("%(month)s 月 %(day)s 日 %(time)s 写好，存在手机里", { month: then.getMonth() + 1, day: then.getDate(), time });
}

/**
 * One line of the list on a form's page.
 *
 * @param {Letter} letter
 * @param {string} owner
 */
export async function cellOf(letter, owner) {
  const link = document.createElement("a");
  link.className = "weui-cell";
  link.href = document.body.dataset.xhWaitingUrl ?? "";
  const body = made("span", "weui-cell__bd", await titleOf(letter, owner), made("small", "", writtenWhen(letter.at)));
  link.append(made("span", "weui-cell__hd", icon("i-inbox")), body, made("span", "weui-cell__ft", states()[letter.state]));
  return link;
}
