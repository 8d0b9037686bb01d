// Something that goes on by itself until it is stopped, and the button that says so.

const PLAY = "▶";
const PAUSE = "❚❚";

export class Player {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {(playing: boolean, sign: string) => void} show shows whether it plays
   * @param {() => boolean} step goes on by one; false at the end
   */
  constructor(show, step) {
    this.show = show;
    this.step = step;
  }

  get playing() {
    return this.#timer !== undefined;
  }

  /** @param {number} ms between two steps */
  start(ms) {
    this.stop();
    this.#wait(ms);
    this.show(true, PAUSE);
  }

  /** @param {number} ms */
  #wait(ms) {
    this.#timer = setTimeout(() => {
      this.#wait(ms);
      if (!this.step()) this.stop();
    }, ms);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.show(false, PLAY);
  }
}
