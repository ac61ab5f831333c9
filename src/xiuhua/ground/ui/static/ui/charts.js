/**
 * Charts in the house's colours, with words for who cannot see them.
 *
 * ```js
 * const chart = createChart(element, { xAxis: …, series: … });
 * chart.setOption({ series: … });
 * ```
 *
 * @import { ECharts, EChartsOption } from "../vendor/echarts/echarts.js"
 */

import { init, registerTheme } from "../vendor/echarts/echarts.js";
import { theme } from "./chart-theme.js";

registerTheme("xiuhua", theme);

/**
 * Draw a chart that follows the size of its element.
 *
 * @param {HTMLElement} element with a height of its own
 * @param {EChartsOption} option tooltips stay `renderMode: "richText"`, since HTML ones write inline styles
 * @returns {ECharts}
 */
export function createChart(element, option) {
  const chart = init(element, "xiuhua", { locale: document.documentElement.lang.startsWith("en") ? "EN" : "ZH" });
  chart.setOption(option);
  new ResizeObserver(() => chart.resize()).observe(element);
  return chart;
}
