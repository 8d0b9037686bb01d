// The passage that is marked in a source's text, and kept in view while the text finds its size.

import { el } from "../core/dom.js";

/** The used passages of the text. @param {HTMLElement} body */
export function passagesOf(body) {
  const text = body.querySelector(".reader-text")?.getAttribute("data-passages");
  return (text ?? "").split(" ").filter(Boolean);
}

/** What is marked. @param {HTMLElement} body */
export const wordsOf = (body) => [...body.querySelectorAll("mark.here")].map((mark) => mark.textContent).join("");

/**
 * Mark the characters start-end (counted as Python counts them) and return the first mark.
 *
 * @param {HTMLElement} body
 * @param {string | undefined} passage
 */
export function markPassage(body, passage) {
  unmark(body);
  if (!passage) return null;
  const [start = 0, end = 0] = passage.split("-").map(Number);
  const marks = [...body.querySelectorAll("[data-start]")].map((piece) => markPiece(piece, start, end));
  return marks.find(Boolean) ?? null;
}

/** @param {HTMLElement} body */
function unmark(body) {
  for (const mark of body.querySelectorAll("mark.here")) {
    const piece = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    piece?.normalize();
  }
}

/** @param {Element} piece @param {number} start @param {number} end */
function markPiece(piece, start, end) {
  const characters = [...(piece.textContent ?? "")]; // by code point, not by UTF-16 unit
  const from = Number(piece.getAttribute("data-start"));
  if (from >= end || from + characters.length <= start) return null;
  const [a, b] = [Math.max(0, start - from), Math.min(characters.length, end - from)];
  const mark = el("mark", { class: "here" }, characters.slice(a, b).join(""));
  piece.replaceChildren(characters.slice(0, a).join(""), mark, characters.slice(b).join(""));
  return mark;
}

/**
 * Keeps the passage in the middle. A paragraph takes its true height only when it comes near the screen
 * (content-visibility in page.css), typefaces arrive late, and a slow device shows the panel late: each moves the
 * passage. So it is brought back whenever the text changes its size, until the reader moves himself.
 */
export class Held {
  /** @type {Element | null} */
  #mark = null;
  #settling = new ResizeObserver(() => this.#centre());

  /** @param {HTMLElement} panel */
  constructor(panel) {
    const letGo = () => this.hold(null);
    for (const own of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      panel.addEventListener(own, letGo, { passive: true });
    }
  }

  /** @param {Element | null} mark */
  hold(mark) {
    this.#mark = mark;
    this.#centre();
  }

  /** @param {Element} text */
  watch(text) {
    this.#settling.disconnect();
    this.#settling.observe(text);
  }

  #centre() {
    this.#mark?.scrollIntoView({ block: "center" });
  }
}
