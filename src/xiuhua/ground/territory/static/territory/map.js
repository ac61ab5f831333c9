/**
 * The map on the pages of a subdistrict and a committee: the layers that the reader may draw; what is clicked leads on.
 *
 * @import { Pick } from "../ui/map/map.js"
 */

import { createMap } from "../ui/map/map.js";
import { describe } from "../ui/map/popup.js";
import { _ } from "../ui/words.js";

/** @type {{ layers: Record<string, string>, committee: number | null, pages: Record<string, string> }} */
const settings = JSON.parse(document.getElementById("tr-map-settings")?.textContent ?? "{}");
const element = document.getElementById("tr-map");

/**
 * @param {Pick} pick
 * @returns {Node}
 */
function describeWithPage(pick) {
  const box = /** @type {HTMLElement} */ (describe(pick));
  const page = settings.pages[pick.layer];
  if (page) {
    const line = document.createElement("p");
    const link = document.createElement("a");
    link.href = page.replace(":id", String(pick.id));
    link.textContent = _("看详细");
    line.append(link);
    box.append(line);
  }
  return box;
}

if (element) {
  const map = await createMap(element, { layers: settings.layers, describe: describeWithPage });
  if (settings.committee !== null) map.pickCommittee(settings.committee);
}
