// The theme, marked on the root of each document, so that one style sheet serves both.

import { ground } from "./streamlit.js";

/** @param {string} colour "#faf8f3" or "rgb(250, 248, 243)" */
export function isDark(colour) {
  const hex = /^#([0-9a-f]{6})/i.exec(colour)?.[1];
  const parts = hex ? [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) : numbers(colour);
  const [r = 255, g = 255, b = 255] = parts;
  return r * 0.299 + g * 0.587 + b * 0.114 < 128;
}

/** @param {string} colour */
const numbers = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);

/** @param {() => string} colour */
function mark(colour) {
  const { dataset } = document.documentElement;
  const theme = isDark(colour()) ? "dark" : "light";
  if (dataset.theme !== theme) dataset.theme = theme;
}

/** Mark now and whenever these attributes of the element change. */
function follow(
  /** @type {Element} */ element,
  /** @type {string[]} */ attributes,
  /** @type {() => string} */ colour,
) {
  new MutationObserver(() => mark(colour)).observe(element, { attributes: true, attributeFilter: attributes });
  mark(colour);
}

/** The page takes Streamlit's theme. */
export function followStreamlit() {
  const app = ground();
  if (app) follow(app, ["class", "style"], () => getComputedStyle(app).backgroundColor);
}

/** The map's frame takes the page's theme: Streamlit writes its colours into the frame's root element. */
export function followFrame() {
  const root = document.documentElement;
  follow(root, ["style"], () => getComputedStyle(root).getPropertyValue("--background-color").trim());
}
