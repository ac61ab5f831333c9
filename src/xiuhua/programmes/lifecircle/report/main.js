/**
 * The report opens: controls, map and figures around one question.
 *
 * @import { Question } from "./findings.js"
 */

import { drawControls } from "./asking.js";
import { Drawing } from "./drawing.js";
import { byId } from "./elements.js";
import { drawFigures } from "./figures.js";
import { Findings, questionFromAddress, questionToAddress } from "./findings.js";
import { fillWords, translator } from "./words.js";

/**
 * Open the page.
 *
 * @param {string} worker address of MapLibre's worker
 */
export async function open(worker) {
  const findings = new Findings(JSON.parse(byId("data").textContent ?? "{}"));
  let question = questionFromAddress(findings.payload);
  let _ = translator(question.lang);
  byId("place").textContent = findings.payload.place;
  const drawing = new Drawing(findings, worker, _);

  /** @param {Partial<Question>} change */
  const ask = (change) => {
    question = { ...question, ...change };
    _ = translator(question.lang);
    questionToAddress(findings.payload, question);
    draw();
    drawing.show(question, _);
  };
  const draw = () => {
    document.documentElement.lang = question.lang === "en" ? "en" : "zh-CN";
    fillWords(_);
    const other = byId("lang");
    other.textContent = question.lang === "en" ? "中文" : "English";
    other.lang = question.lang === "en" ? "zh-CN" : "en";
    drawControls(findings, question, _, ask);
    drawFigures(findings, question, _, ask, (origin) => drawing.goTo(origin));
  };

  byId("lang").addEventListener("click", () => ask({ lang: question.lang === "en" ? "zh" : "en" }));
  byId("ask").addEventListener("submit", (event) => event.preventDefault());
  draw();
  await drawing.ready;
  drawing.show(question, _);
  drawing.map.once("idle", () => document.documentElement.setAttribute("data-drawn", ""));
}
