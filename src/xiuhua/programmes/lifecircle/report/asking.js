/**
 * The controls: who walks, where to, how long.
 *
 * @import { Findings, Question } from "./findings.js"
 * @import { Translate } from "./words.js"
 */

import { byId, element } from "./elements.js";

const LEVELS = ["5", "10", "15", "block"];
/** @type {Record<string, string>} */
export const LEVEL_WORDS = { 5: "5 分钟生活圈", 10: "10 分钟生活圈", 15: "15 分钟生活圈", block: "居住街坊" };

/**
 * Draw the controls and tell when one is changed.
 *
 * @param {Findings} findings
 * @param {Question} question
 * @param {Translate} _
 * @param {(change: Partial<Question>) => void} ask
 */
export function drawControls(findings, question, _, ask) {
  const { personas, minutes } = findings.payload;
  choices("personas", "persona", personas.map((one) => one.name[question.lang]), question.persona, (persona) => ask({ persona }));
  choices(
    "minutes",
    "minutes",
    minutes.map((one) => _("%(minutes)s 分钟", { minutes: one })),
    minutes.indexOf(question.minutes),
    (place) => ask({ minutes: minutes[place] }),
  );
  byId("minutes-field").hidden = question.type === null;
  drawTypes(findings, question, _, ask);
}

/**
 * @param {string} box
 * @param {string} name
 * @param {string[]} words
 * @param {number} chosen
 * @param {(place: number) => void} choose
 */
function choices(box, name, words, chosen, choose) {
  const focused = document.activeElement?.getAttribute("name") === name;
  byId(box).replaceChildren(
    ...words.map((word, place) => {
      const input = element("input", { type: "radio", name, value: String(place), checked: place === chosen });
      input.addEventListener("change", () => choose(place));
      return element("label", {}, input, element("span", {}, word));
    }),
  );
  if (focused) /** @type {HTMLElement | null} */ (byId(box).querySelector("input:checked"))?.focus();
}

/**
 * @param {Findings} findings
 * @param {Question} question
 * @param {Translate} _
 * @param {(change: Partial<Question>) => void} ask
 */
function drawTypes(findings, question, _, ask) {
  const select = /** @type {HTMLSelectElement} */ (byId("type"));
  const { types } = findings.payload;
  select.replaceChildren(element("option", { value: "" }, _("缺什么（全部必配设施）")));
  for (const level of LEVELS) {
    const options = types.flatMap((type, place) => {
      if (type.level !== level || !type.facilities) return [];
      return [element("option", { value: String(place), selected: place === question.type }, type.name[question.lang])];
    });
    if (options.length) select.append(element("optgroup", { label: _(LEVEL_WORDS[level]) }, ...options));
  }
  select.onchange = () => ask({ type: select.value === "" ? null : Number(select.value) });
}
