// The frame uses the page's own typefaces: its font rules are copied, their addresses made absolute.

import { el } from "../core/dom.js";

const OURS = /Source (Sans|Serif)/;

export function takeFonts() {
  const sheets = [...window.parent.document.styleSheets];
  document.head.append(el("style", {}, ...sheets.flatMap((sheet) => fontRules(sheet))));
}

/** @param {CSSStyleSheet} sheet */
function fontRules(sheet) {
  const from = sheet.href || window.parent.document.baseURI;
  const absolute = (/** @type {string} */ _, /** @type {string} */ url) => `url("${new URL(url, from)}")`;
  return rulesOf(sheet)
    .filter((rule) => rule.constructor.name === "CSSFontFaceRule" && OURS.test(rule.cssText))
    .map((rule) => rule.cssText.replace(/url\("([^"]+)"\)/g, absolute));
}

/** @param {CSSStyleSheet} sheet */
function rulesOf(sheet) {
  try {
    return [...sheet.cssRules];
  } catch {
    return []; // a sheet that may not be read, such as a browser extension's, has no typeface of ours
  }
}
