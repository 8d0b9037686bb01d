// Lets the bar of the presentation fade when nobody moves, and brings it back at once.

const REST_MS = 3000;
/** What wakes it; the map's frame passes on how the pointer moves in it. */
const SIGNS = ["pointermove", "pointerdown", "keydown", "focusin"];

export class Rest {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} box what fades */
  constructor(box) {
    this.box = box;
  }

  wake = () => {
    clearTimeout(this.#timer);
    this.box.classList.remove("resting");
    this.#timer = setTimeout(() => this.box.classList.add("resting"), REST_MS);
  };

  start() {
    for (const sign of SIGNS) document.addEventListener(sign, this.wake, true);
    this.wake();
  }

  stop() {
    for (const sign of SIGNS) document.removeEventListener(sign, this.wake, true);
    clearTimeout(this.#timer);
  }
}
