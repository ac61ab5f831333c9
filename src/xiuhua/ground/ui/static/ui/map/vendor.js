/**
 * The one place that names MapLibre's file.
 *
 * A bare "maplibre-gl" would need an import map, which a browser takes only inline and our content security policy
 * refuses; a relative import is rewritten to the hashed name by `HashedStorage` and works unhashed while DEBUG is on.
 * `style.js` and `bands.js` import nothing, so that a page in one file (the command's report) can inline them as they are.
 */
export * from "../../vendor/maplibre/maplibre-gl.js";
