// Builds elements from names, attributes and children; text is always text, never markup.

export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Call `use` when the reader has chosen in a field with a list: from the list, with Enter, or by leaving the field. */
export function onChosen(field, use) {
  field.addEventListener("change", use);
  field.addEventListener("input", (event) => {
    // Typing is no choice yet: "Niger" may become "Nigeria". Taking an item of the list, or emptying the field, is one.
    if (!event.inputType || event.inputType === "insertReplacementText" || !field.value) use();
  });
}

export const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** "4 November" or, with the year, "4 November 2023", from an ISO 8601 day. */
export function dayWords(iso, year = false) {
  const [y, month, day] = iso.split("-").map(Number);
  return `${day} ${MONTHS[month - 1]}${year ? ` ${y}` : ""}`;
}

/** Put text on the clipboard; where the browser's own way is shut (a page without TLS), through a hidden field. */
export async function toClipboard(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // refused: the way below needs no permission
    }
  }
  const field = el("textarea", { class: "offscreen" });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
