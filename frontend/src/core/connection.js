// Whether the application answers. While it does not, one quiet line says so; what is done meanwhile is kept by the
// store, which is told when the application is there again.

import { el } from "./dom.js";

const ASK_MS = 2000;

export class Connection {
  #line = el("p", { class: "connection", role: "status", hidden: true });
  #asking = false;

  /**
   * @param {boolean} exported an exported page has no application
   * @param {() => void} back is called whenever the application answers again after it did not
   */
  constructor(exported, back) {
    this.exported = exported;
    this.back = back;
  }

  /** Something was not answered: find out whether the application is there, and ask until it is. */
  doubt = async () => {
    if (this.#asking || this.exported) return;
    this.#asking = true;
    while (!(await answers())) {
      this.#say("Not connected. What you do here is kept.");
      await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    }
    this.#asking = false;
    if (this.#line.hidden) return;
    this.#say("");
    this.back();
  };

  /** @param {string} words */
  #say(words) {
    if (!this.#line.isConnected) document.body.append(this.#line);
    this.#line.hidden = !words;
    this.#line.textContent = words;
  }
}

const answers = () =>
  fetch(new URL("health", document.baseURI), { cache: "no-store" }).then(
    (response) => response.ok,
    () => false,
  );
