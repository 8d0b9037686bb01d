// Builds elements from names, attributes and children; text is always text, never markup.

/** @typedef {string | number | boolean | null | undefined | ((event: any) => void)} Attribute */
/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * An element; an attribute that begins with "on" is a listener, and what is null or false is left out.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, Attribute>} attributes
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else if (isGiven(value)) node.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children) if (isGiven(child)) node.append(typeof child === "number" ? String(child) : child);
  return node;
}

/** @template T @param {T} value @returns {value is Exclude<T, null | undefined | false>} */
const isGiven = (value) => value !== null && value !== undefined && value !== false;

/**
 * A button; what it says is its label unless another is given.
 *
 * @param {string} className
 * @param {string | null} label
 * @param {Child} words
 * @param {() => void} onclick
 * @param {Record<string, Attribute>} more
 */
export const button = (className, label, words, onclick, more = {}) =>
  el("button", { type: "button", class: className, "aria-label": label, onclick, ...more }, words);

/** Call `use` when the reader has chosen in a field with a list: from the list, with Enter, or by leaving the field. */
export function onChosen(/** @type {HTMLInputElement} */ field, /** @type {() => void} */ use) {
  field.addEventListener("change", use);
  field.addEventListener("input", (event) => {
    // Typing is no choice yet: "Niger" may become "Nigeria". Taking an item of the list, or emptying the field, is one.
    const kind = event instanceof InputEvent ? event.inputType : "";
    if (!kind || kind === "insertReplacementText" || !field.value) use();
  });
}

/** The element that must be there. @param {ParentNode} root @param {string} selector @returns {HTMLElement} */
export function find(root, selector) {
  const found = root.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`Expected an element ${selector}.`);
  return found;
}

/** Put text on the clipboard; where the browser's own way is shut (a page without TLS), through a hidden field. */
export async function toClipboard(/** @type {string} */ text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // refused: the way below needs no permission
    }
  }
  return copyFromField(text);
}

/** @param {string} text */
function copyFromField(text) {
  const field = el("textarea", { class: "offscreen" });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
