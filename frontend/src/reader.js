// The reader: a source text lies open beside the claim, scrolled to the passage it rests on, which is marked. Closing it
// returns to where one was.

import { el, toClipboard } from "./dom.js";

export function mount(root, hub) {
  const body = el("div", { class: "reader-body", tabindex: 0, role: "region", "aria-label": "Text of the source" });
  const previous = button("Previous passage", "‹ Previous", () => go(-1));
  const next = button("Next passage", "Next ›", () => go(1));
  const where = el("span", { class: "where" });
  const copy = button("Copy the passage as a footnote", "Copy as footnote", copyFootnote);
  const close = button("Close the source", "Close", () => hub.act({ source: null, passage: null }));
  const tools = el("div", { class: "reader-tools" }, previous, where, next, copy, close);
  const panel = el("section", { class: "reader", "aria-label": "Source" }, tools, body);
  root.replaceChildren(panel);

  let source = null;
  let passage = null;
  let returnTo = null;
  let failed = false;

  // A paragraph takes its true height only when it comes near the screen (content-visibility in page.css), typefaces
  // arrive late, and a slow device shows the panel late: each moves the passage. So it is brought back to the middle
  // whenever the text changes its size, until the reader moves himself.
  let held = null;
  const hold = () => held && held.scrollIntoView({ block: "center" });
  const settling = new ResizeObserver(hold);
  for (const own of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    panel.addEventListener(own, () => (held = null), { passive: true });
  }

  const passages = () => (body.querySelector(".reader-text")?.dataset.passages || "").split(" ").filter(Boolean);

  function go(direction) {
    const all = passages();
    const at = all.indexOf(passage);
    const target = all[at < 0 ? nearest(all, passage, direction) : at + direction];
    if (target) hub.act({ passage: target });
  }

  async function copyFootnote() {
    const footnote = body.querySelector(".reader-text").dataset.footnote;
    const words = [...body.querySelectorAll("mark.here")].map((mark) => mark.textContent).join("");
    const done = await toClipboard(words ? `“${words}” ${footnote}.` : `${footnote}.`);
    copy.textContent = done ? "Copied" : "Could not copy";
    setTimeout(() => (copy.textContent = "Copy as footnote"), 1600);
  }

  const showPassage = () => {
    held = markPassage(body, passage);
    if (held) hold();
    else body.scrollTop = 0;
    const all = passages();
    const at = all.indexOf(passage);
    where.textContent = at >= 0 ? `${at + 1} of ${all.length} used passages` : `${all.length} used passages`;
    previous.disabled = at === 0 || !all.length;
    next.disabled = at === all.length - 1 || !all.length;
    copy.textContent = "Copy as footnote";
  };

  const open = async (id) => {
    failed = false;
    body.replaceChildren();
    let html;
    try {
      html = await hub.page(`source/${encodeURIComponent(id)}.html`);
    } catch (error) {
      if (source !== id) return;
      body.textContent = error.message;
      failed = true; // to be asked for again
      return;
    }
    if (source !== id) return;
    body.innerHTML = html;
    showPassage();
    settling.disconnect();
    settling.observe(body.querySelector(".reader-text"));
    body.querySelector("h2").focus({ preventScroll: true });
  };

  return hub.subscribe((state) => {
    const other = (state.source || null) !== source;
    const moved = (state.passage || null) !== passage;
    if (other && state.source && !source) returnTo = document.activeElement;
    source = state.source || null;
    passage = state.passage || null;
    if (!source) {
      body.replaceChildren();
      if (other && returnTo && returnTo.isConnected) returnTo.focus({ preventScroll: true });
      return;
    }
    if (other || failed) open(source);
    else if (moved && body.firstChild) showPassage();
  });
}

function button(label, words, onclick) {
  return el("button", { type: "button", class: "button", title: label, onclick }, words);
}

/** The used passage before or after one that is not itself used. */
function nearest(all, passage, direction) {
  const start = passage ? Number(passage.split("-")[0]) : -1;
  const starts = all.map((item) => Number(item.split("-")[0]));
  if (direction > 0) return starts.findIndex((at) => at > start);
  return starts.filter((at) => at < start).length - 1;
}

/** Mark the characters start-end (counted as Python counts them) and return the first mark. */
function markPassage(body, passage) {
  for (const mark of body.querySelectorAll("mark.here")) {
    const piece = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    piece.normalize();
  }
  if (!passage) return null;
  const [start, end] = passage.split("-").map(Number);
  let first = null;
  for (const piece of body.querySelectorAll("[data-start]")) {
    const characters = [...piece.textContent]; // by code point, not by UTF-16 unit
    const from = Number(piece.dataset.start);
    if (from >= end || from + characters.length <= start) continue;
    const [a, b] = [Math.max(0, start - from), Math.min(characters.length, end - from)];
    const mark = el("mark", { class: "here" }, characters.slice(a, b).join(""));
    piece.replaceChildren(characters.slice(0, a).join(""), mark, characters.slice(b).join(""));
    first = first || mark;
  }
  return first;
}
