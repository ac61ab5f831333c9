/**
 * The figures beside the map: the headline, who is left out, every type, and how it is reckoned.
 *
 * @import { Findings, Question } from "./findings.js"
 * @import { Translate } from "./words.js"
 */

import { LEVEL_WORDS } from "./asking.js";
import { byId, element, people, percent } from "./elements.js";

const SHOWN = 6;
const LEVELS = ["5", "10", "15", "block"];

/**
 * Draw all figures for a question.
 *
 * @param {Findings} findings
 * @param {Question} question
 * @param {Translate} _
 * @param {(change: Partial<Question>) => void} ask
 * @param {(origin: number) => void} show
 */
export function drawFigures(findings, question, _, ask, show) {
  byId("headline").replaceChildren(...headline(findings, question, _));
  byId("left-out").replaceChildren(...leftOut(findings, question, _, show));
  byId("coverage").replaceChildren(...coverage(findings, question, _, ask));
  const open = byId("notes").querySelector("details")?.open ?? false;
  byId("notes").replaceChildren(...notes(findings, question, _, open));
}

/** @param {string} text */
const quiet = (text) => element("p", { class: "lc-quiet" }, text);

/**
 * @param {Findings} findings
 * @param {Question} question
 * @param {Translate} _
 * @returns {HTMLElement[]}
 */
function headline(findings, question, _) {
  const { personas, types, minutes, counted } = findings.payload;
  const persona = personas[question.persona];
  const who = persona.name[question.lang];
  if (question.type === null && !findings.scored.length) {
    return [element("h2", {}, _("地图上没有设施")), quiet(_("地图里没有一处必配设施，说不出谁缺什么。")), quiet(basis(findings, null, _))];
  }
  if (question.type === null) {
    const score = persona.score === null ? "–" : (100 * persona.score).toFixed(1);
    return [
      element("h2", {}, `${who} · ${_("生活圈得分")}`),
      element("p", { class: "lc-hero" }, score, element("small", {}, _("分"))),
      quiet(_("地图上有的 %(count)s 类必配设施，各按标准的时间，到得了的居民占比的平均", { count: findings.scored.length })),
      quiet(basis(findings, null, _)),
    ];
  }
  const type = types[question.type];
  const share = persona.shares[minutes.indexOf(question.minutes)][question.type];
  const head = `${who} · ${type.name[question.lang]} · ${_("%(minutes)s 分钟", { minutes: question.minutes })}`;
  const hero = element("p", { class: "lc-hero" }, (100 * share).toFixed(1), element("small", {}, `% ${_(counted ? "居民够得到" : "路网节点够得到")}`));
  const lines = [element("h2", {}, head), hero, quiet(basis(findings, share, _))];
  if (type.radius) {
    const radius = { radius: type.radius.radius, share: percent(type.radius.share), status: type.radius.status[question.lang] };
    lines.push(quiet(_("%(radius)s 米服务半径内：%(share)s（标准步行，%(status)s）", radius)));
  }
  if (type.need === "local") lines.push(quiet(_("本类不在标准清单里，是我们加的")));
  return lines;
}

/**
 * @param {Findings} findings
 * @param {number | null} share
 * @param {Translate} _
 * @returns {string}
 */
function basis(findings, share, _) {
  const origins = people(findings.count);
  if (!findings.payload.counted) return _("%(origins)s 个路网节点；地图里没有建筑，不折算居民", { origins });
  if (share === null) return _("%(count)s 人", { count: people(findings.residents) });
  const residents = people(findings.residents);
  return _("%(covered)s / %(residents)s 位居民（%(origins)s 处起点），各自步行时间", { covered: people(share * findings.residents), residents, origins });
}

/**
 * @param {Findings} findings
 * @param {Question} question
 * @param {Translate} _
 * @param {(origin: number) => void} show
 * @returns {HTMLElement[]}
 */
function leftOut(findings, question, _, show) {
  const { origins, counted } = findings.payload;
  /** @type {{ origin: number, lacks: number }[]} */
  const out = [];
  for (let origin = 0; origin < findings.count; origin += 1) {
    if (question.type === null) {
      const lacks = findings.lacking(question.persona, origin).length;
      if (lacks) out.push({ origin, lacks });
    } else {
      const seconds = findings.seconds(question.persona, origin, question.type);
      if (seconds === null || seconds > 60 * question.minutes) out.push({ origin, lacks: 1 });
    }
  }
  out.sort((a, b) => b.lacks * origins.residents[b.origin] - a.lacks * origins.residents[a.origin]);
  const lacking = question.type === null;
  if (lacking && !findings.scored.length) return [];
  const title = element("h3", {}, _(lacking ? "缺得最多的楼" : "最该补的楼"));
  if (!out.length) return [title, quiet(_(lacking ? "一类也不缺。" : "所有居民都够得到。"))];
  const total = people(out.reduce((sum, { origin }) => sum + origins.residents[origin], 0));
  const list = element("ol", { class: "lc-outs" });
  for (const { origin, lacks } of out.slice(0, SHOWN)) {
    const button = element("button", { type: "button" }, element("span", {}, originName(findings, origin, _)));
    const words = [lacking ? _("缺 %(count)s 类", { count: lacks }) : "", counted ? _("%(count)s 人", { count: people(origins.residents[origin]) }) : ""];
    button.append(element("span", { class: "xh-num" }, words.filter(Boolean).join(" · ")));
    button.addEventListener("click", () => show(origin));
    list.append(element("li", {}, button));
  }
  const summary = counted ? "%(count)s 处共 %(residents)s 人够不到" : "%(count)s 处够不到";
  return lacking ? [title, list] : [title, quiet(_(summary, { count: people(out.length), residents: total })), list];
}

/**
 * What an origin is called.
 *
 * @param {Findings} findings
 * @param {number} origin
 * @param {Translate} _
 * @returns {string}
 */
export function originName(findings, origin, _) {
  const { id, name, near } = findings.payload.origins;
  if (name[origin]) return name[origin];
  const [kind, number] = id[origin].split("/");
  const words = { "walk-node": "路网节点", cell: "格子" }[kind] ?? "楼";
  const place = near[origin] ? _("%(place)s旁的%(what)s", { place: near[origin], what: _(words) }) : _(words);
  return `${place} ${number}`;
}

/**
 * @param {Findings} findings
 * @param {Question} question
 * @param {Translate} _
 * @param {(change: Partial<Question>) => void} ask
 * @returns {HTMLElement[]}
 */
function coverage(findings, question, _, ask) {
  const { types, minutes } = findings.payload;
  const head = element("tr", {}, element("th", { scope: "col" }, _("设施")), element("th", { scope: "col" }, _("处")));
  for (const one of minutes) {
    const asked = question.type !== null && one === question.minutes;
    head.append(element("th", { scope: "col", class: asked ? "is-asked" : "" }, `${one}′`));
  }
  head.append(element("th", {}, element("span", { class: "xh-sr" }, _("占比"))));
  const body = element("tbody");
  for (const level of LEVELS) {
    const rows = types.flatMap((type, place) => (type.level === level ? [typeRow(findings, question, place, _, ask)] : []));
    if (rows.length) body.append(element("tr", { class: "lc-level" }, element("td", { colspan: "6" }, _(LEVEL_WORDS[level]))), ...rows);
  }
  const table = element("table", { class: "lc-table" }, element("thead", {}, head), body);
  return [element("h3", {}, _("各类设施")), quiet(_("▲ 必配。点名称在地图上看。")), table];
}

/**
 * @param {Findings} findings
 * @param {Question} question
 * @param {number} place
 * @param {Translate} _
 * @param {(change: Partial<Question>) => void} ask
 * @returns {HTMLElement}
 */
function typeRow(findings, question, place, _, ask) {
  const { types, minutes, personas } = findings.payload;
  const type = types[place];
  const need = element("span", { class: "lc-need" }, type.need === "required" ? "▲" : "");
  /** @param {Node | string} word */
  const named = (word) => element("td", {}, element("div", { class: "lc-name" }, need, word));
  if (!type.facilities) {
    const absent = element("td", { colspan: "5" }, _("地图上没有"));
    return element("tr", { class: "is-absent" }, named(element("span", {}, type.name[question.lang])), absent);
  }
  const shares = minutes.map((_one, row) => personas[question.persona].shares[row][place]);
  const button = element("button", { type: "button" }, type.name[question.lang]);
  button.addEventListener("click", () => ask({ type: place }));
  const row = element("tr", { class: place === question.type ? "is-picked" : "" }, named(button), element("td", {}, String(type.facilities)));
  minutes.forEach((one, number) => {
    const asked = question.type !== null && one === question.minutes;
    row.append(element("td", { class: asked ? "is-asked" : "" }, `${(100 * shares[number]).toFixed(0)}%`));
  });
  row.append(element("td", {}, bar(shares)));
  return row;
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * Shares within 5, 10 and 15 minutes as one bar.
 *
 * @param {number[]} shares
 * @returns {SVGElement}
 */
function bar(shares) {
  const svg = /** @type {SVGElement} */ (document.createElementNS(SVG, "svg"));
  for (const [key, value] of Object.entries({ class: "lc-bar", viewBox: "0 0 46 8", "aria-hidden": "true" })) svg.setAttribute(key, value);
  [1, shares[2], shares[1], shares[0]].forEach((share, place) => {
    const rect = document.createElementNS(SVG, "rect");
    rect.setAttribute("width", String(46 * share));
    rect.setAttribute("height", "8");
    rect.setAttribute("class", ["", "is-15", "is-10", "is-5"][place]);
    svg.append(rect);
  });
  return svg;
}

/**
 * @param {Findings} findings
 * @param {Question} question
 * @param {Translate} _
 * @param {boolean} open
 * @returns {HTMLElement[]}
 */
function notes(findings, question, _, open) {
  const { standard, personas, remarks, types } = findings.payload;
  const lines = [_("标准：%(name)s。", { name: standard[question.lang] }), ...remarks[question.lang]];
  const list = element("ul", { class: "lc-notes" }, ...lines.map((line) => element("li", {}, line)));
  const speeds = personas.map((one) => element("li", {}, _("%(name)s：%(speed)s 米/秒，%(status)s。", { name: one.name[question.lang], speed: one.speed.toFixed(2), status: one.status[question.lang] })));
  list.append(...speeds);
  const head = element("tr", {}, ...["设施", "半径", "占比", "出处"].map((word) => element("th", { scope: "col" }, _(word))));
  const rows = types.flatMap((type) => {
    if (!type.radius || !type.facilities) return [];
    const cells = [type.name[question.lang], `${type.radius.radius} m`, percent(type.radius.share), type.radius.status[question.lang]];
    return [element("tr", {}, ...cells.map((cell) => element("td", {}, cell)))];
  });
  const radii = element("table", { class: "lc-table" }, element("thead", {}, head), element("tbody", {}, ...rows));
  const fold = element("details", { open }, element("summary", {}, _("按标准的服务半径")), quiet(_("标准步行走的米数对各设施自己的半径，与上面的分钟是两个问题。")), radii);
  return [element("h3", {}, _("怎么算的")), list, ...(rows.length ? [fold] : [])];
}
