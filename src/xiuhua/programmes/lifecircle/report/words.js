/**
 * The report's words: written in Chinese in the code, with the English beside them here.
 *
 * @typedef {(message: string, values?: Record<string, string | number>) => string} Translate
 * @typedef {"zh" | "en"} Language
 */

/** @type {Record<string, string>} */
const ENGLISH = {
  "跳到数字": "Skip to the figures",
  "15 分钟社区生活圈": "15-minute community life circle",
  "地图": "Map",
  "谁在走": "Who walks",
  "去哪里": "Where to",
  "走多久": "How long",
  "图例": "Legend",
  "%(minutes)s 分钟": "%(minutes)s min",
  "够不到": "out of reach",
  "不住人": "nobody lives here",
  "缺什么（全部必配设施）": "What is lacking",
  "15 分钟生活圈": "15-minute circle",
  "10 分钟生活圈": "10-minute circle",
  "5 分钟生活圈": "5-minute circle",
  "居住街坊": "Block",
  "地图上没有": "not on the map",
  "地图上没有设施": "No facility on the map",
  "地图里没有一处必配设施，说不出谁缺什么。": "The map has no facility that the standard requires, so it cannot be said who lacks what.",
  "居民够得到": "of residents reach one",
  "路网节点够得到": "of network nodes reach one",
  "分": "of 100",
  "生活圈得分": "life-circle score",
  "%(covered)s / %(residents)s 位居民（%(origins)s 处起点），各自步行时间": "%(covered)s of %(residents)s residents (%(origins)s origins), by their own walking time",
  "%(origins)s 个路网节点；地图里没有建筑，不折算居民": "%(origins)s network nodes; the map has no buildings, so nobody is counted",
  "地图上有的 %(count)s 类必配设施，各按标准的时间，到得了的居民占比的平均": "mean, over the %(count)s required types on the map, of the share of residents who reach one in the standard's time",
  "%(radius)s 米服务半径内：%(share)s（标准步行，%(status)s）": "Within the service radius of %(radius)s m: %(share)s (standard walk, %(status)s)",
  "本类不在标准清单里，是我们加的": "Not in the standard's list; added by us",
  "最该补的楼": "Who is left out most",
  "缺得最多的楼": "Who lacks most",
  "所有居民都够得到。": "Every resident reaches one.",
  "一类也不缺。": "Nothing is lacking.",
  "%(count)s 处共 %(residents)s 人够不到": "%(residents)s people at %(count)s places do not reach one",
  "%(count)s 处够不到": "%(count)s places do not reach one",
  "缺 %(count)s 类": "lacks %(count)s",
  "%(count)s 人": "%(count)s people",
  "各类设施": "Every type of facility",
  "设施": "Facility",
  "处": "No.",
  "▲ 必配。点名称在地图上看。": "▲ required. Press a name to see it on the map.",
  "服务半径": "Service radius",
  "按标准的服务半径": "By the standard's service radii",
  "标准步行走的米数对各设施自己的半径，与上面的分钟是两个问题。": "Metres of the standard walk against each facility's own radius: another question than the minutes above.",
  "半径": "Radius",
  "占比": "Share",
  "出处": "Status",
  "怎么算的": "How it is reckoned",
  "标准：%(name)s。": "Standard: %(name)s.",
  "%(name)s：%(speed)s 米/秒，%(status)s。": "%(name)s: %(speed)s m/s, %(status)s.",
  "楼": "building",
  "%(place)s旁的%(what)s": "%(what)s by %(place)s",
  "路网节点": "network node",
  "格子": "grid cell",
  "约 %(count)s 位居民（估计）": "about %(count)s residents (estimate)",
  "缺 %(count)s 类：": "Lacks %(count)s:",
  "走得到：": "Reaches:",
  "一类也走不到": "reaches none",
  "不在主路网上：这里的路与外面不相连": "Not on the main network: the ways here do not join the rest",
  "附近没有路": "No way nearby",
  "缺 %(from)s 至 %(to)s 类": "lacks %(from)s to %(to)s",
  "缺 %(from)s 类以上": "lacks %(from)s or more",
  "切换到地图": "Show on the map",
  "放大": "Zoom in",
  "缩小": "Zoom out",
  "转回正北": "Turn north up",
  "关闭": "Close",
};

/**
 * A translator into a language.
 *
 * @param {Language} language
 * @returns {Translate}
 */
export function translator(language) {
  return (message, values = {}) => {
    const text = language === "en" ? (ENGLISH[message] ?? message) : message;
    return text.replace(/%\((\w+)\)s/g, (place, name) => String(values[name] ?? place));
  };
}

/**
 * Put the words into the page that stand there from the start.
 *
 * @param {Translate} _
 */
export function fillWords(_) {
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = _(/** @type {HTMLElement} */ (element).dataset.word ?? "");
  }
}
