// The countries below everything else; those of the trip in their own colour. Drawn after the markers, which matter more.

/** @import { GeoJSON, Map as LeafletMap } from "leaflet" */
/** @import { GeometryCollection, Topology } from "topojson-specification" */

import L from "leaflet";
import { feature } from "topojson-client";
import { unwrapped } from "./geometry.js";

const AGAIN_MS = 2000;
const ANTARCTICA = "010"; // its ring runs round the pole, which this projection cannot show

/** Leaflet hands its options on to the paths. @type {object} */
const STYLE = { style: { className: "land" }, smoothFactor: 0.8 };

export class Land {
  /** @type {GeoJSON | null} */
  #drawn = null;
  /** @type {Set<unknown>} */
  #own = new Set();

  /** @param {LeafletMap} map @param {() => Promise<Topology>} shapes */
  constructor(map, shapes) {
    this.map = map;
    this.shapes = shapes;
  }

  async draw() {
    const shapes = countriesOf(await this.#fetched());
    this.#drawn = L.geoJSON(shapes, { interactive: false, ...STYLE });
    this.#drawn.addTo(this.map).bringToBack();
    this.tint(this.#own);
  }

  /** The shapes; asked for again while nothing answers, which the page itself tells. */
  async #fetched() {
    for (;;) {
      try {
        return await this.shapes();
      } catch (error) {
        if (!(error instanceof TypeError)) throw error; // there was an answer, but not the shapes
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
  }

  /** Give the trip's own countries their colour. @param {Set<unknown>} own ids of shapes */
  tint(own) {
    this.#own = own;
    this.#drawn?.eachLayer((layer) => {
      const path = /** @type {import("leaflet").Path & { feature: GeoJSON.Feature }} */ (layer);
      path.getElement?.()?.classList.toggle("trip", own.has(path.feature.id));
    });
  }
}

/** @param {Topology} topology @returns {GeoJSON.FeatureCollection} */
function countriesOf(topology) {
  const all = feature(topology, /** @type {GeometryCollection} */ (topology.objects.countries)).features;
  const features = all.filter((country) => country.id !== ANTARCTICA).map(whole);
  return { type: "FeatureCollection", features };
}

/** @param {GeoJSON.Feature} country @returns {GeoJSON.Feature} */
function whole(country) {
  const coordinates = unwrapped(/** @type {GeoJSON.Polygon | GeoJSON.MultiPolygon} */ (country.geometry));
  return { ...country, geometry: { type: "MultiPolygon", coordinates: /** @type {any} */ (coordinates) } };
}
