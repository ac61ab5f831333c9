/** 你说我做 on the map: published suggestions as points; one that is picked is told below, with the way to its page. */

import { drawForEverybody } from "../ui/map/everybody.js";
import { made } from "../ui/phone/parts.js";

const POINTS = "said";

const element = document.querySelector(".s-boardmap");
if (element instanceof HTMLElement) void draw(element);

/** @param {HTMLElement} element */
async function draw(element) {
  const office = element.dataset.xhOffice ?? "";
  const points = await (await fetch(`${element.dataset.xhPoints}?office=${office}`)).json();
  const { map } = await drawForEverybody(element);
  map.addSource(POINTS, { type: "geojson", data: points });
  map.addLayer({
    id: POINTS,
    type: "circle",
    source: POINTS,
    paint: {
      "circle-radius": 8,
      "circle-color": ["case", ["get", "done"], "#2e7d57", "#a8322a"],
      "circle-stroke-color": "#ffffff",
      "circle-stroke-width": 2,
    },
  });
  map.on("click", (event) => {
    const { x, y } = event.point;
    const [found] = map.queryRenderedFeatures(
      [
        [x - 14, y - 14],
        [x + 14, y + 14],
      ],
      { layers: [POINTS] },
    );
    if (found) tell(found.properties);
  });
}

/** @param {Record<string, any>} said */
function tell(said) {
  const box = document.querySelector("[data-xh-picked]");
  const link = /** @type {HTMLAnchorElement} */ (made("a", "ph-link", said.title));
  link.href = said.url;
  box?.replaceChildren(link, ` ${said.words}`);
}
