// Makes the words of a slide fit: smaller, as far as the back of a room can bear, and then fewer; nothing is cut off.

const SMALLEST = 0.8; // of the size of the words: 24 of 1080 lines
const STEP = 0.05;

/** @param {HTMLElement} card */
const isFull = (card) => card.scrollHeight <= card.clientHeight;

/** What a slide can do without, the first to go first: `data-spare` says when, and of equals the last goes. */
function spareOf(/** @type {HTMLElement} */ card) {
  const spare = [...card.querySelectorAll("[data-spare]")].reverse();
  return spare.sort((a, b) => turnOf(a) - turnOf(b));
}

/** @param {Element} node */
const turnOf = (node) => Number(node.getAttribute("data-spare"));

/** @param {HTMLElement} card */
export function fitCard(card) {
  for (const node of card.querySelectorAll("[data-spare].away")) node.classList.remove("away");
  if (getComputedStyle(card).overflowY !== "hidden") return countRest(card); // it scrolls: on a phone
  for (let size = 1; size > SMALLEST - STEP / 2; size -= STEP) {
    card.style.setProperty("--fit", String(size));
    if (isFull(card)) return countRest(card);
  }
  for (const node of spareOf(card)) {
    node.classList.add("away");
    countRest(card);
    if (isFull(card)) return;
  }
}

/** Say below each list how many it leaves out. @param {HTMLElement} card */
function countRest(card) {
  for (const list of card.querySelectorAll("ul[data-of]")) {
    const shown = list.querySelectorAll("li:not(.away, .more)").length;
    const rest = Number(list.getAttribute("data-of")) - shown;
    const line = list.querySelector(".more");
    line?.classList.toggle("away", rest <= 0);
    if (line) line.textContent = `and ${rest} more in the notes`;
  }
}
