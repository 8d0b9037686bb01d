// A file to take away. The page asks for one at a time, and the others wait for it here: so the page's own requests
// always find a free connection, and one reader does not fill the queue that all readers share.

import { button, el } from "../core/dom.js";

const ASK_MS = 600;
const REVOKE_MS = 60000;

/** What was asked for before. */
let before = Promise.resolve();

/** A line of the menu: the button that fetches the file, how far it is, and how to cancel it. */
export class FileItem {
  /** @type {AbortController | null} */
  running = null;
  words = el("p", { role: "status" });

  /** @param {string} label @param {() => string} address @param {() => void} done */
  constructor(label, address, done) {
    this.address = address;
    this.done = done;
    this.begin = button("begin", null, label, () => this.running || this.fetch());
    this.cancel = button("cancel", `Cancel ${label}`, "Cancel", () => this.running?.abort(), { hidden: true });
    this.box = el("div", { class: "menu-item" }, this.begin, this.cancel, this.words);
  }

  async fetch() {
    const mine = new AbortController();
    this.running = mine;
    this.cancel.hidden = false;
    this.words.textContent = "waiting for the file before it …";
    const problem = await inTurn(() => this.work(mine.signal), mine.signal).catch((error) => error);
    this.end(problem ? (mine.signal.aborted ? "cancelled" : problem.message) : "");
    mine.abort(); // whoever still asks how far it is may stop
    if (!problem) this.done();
  }

  /** @param {string} words */
  end(words) {
    this.running = null;
    if (document.activeElement === this.cancel) this.begin.focus();
    this.cancel.hidden = true;
    this.words.textContent = words;
  }

  /** @param {AbortSignal} signal */
  work(signal) {
    const url = this.address();
    this.words.textContent = "being written …";
    setTimeout(() => this.tell(url, signal), ASK_MS / 2);
    return download(url, signal);
  }

  /** Say how far the file is, again and again until it is there. @param {string} url @param {AbortSignal} signal */
  async tell(url, signal) {
    if (signal.aborted) return;
    const now = await progress(url, signal).catch(() => null);
    if (signal.aborted) return;
    if (now) this.words.textContent = inWords(now);
    setTimeout(() => this.tell(url, signal), ASK_MS);
  }
}

/**
 * Do it when what was asked for before is done; fail at once when it is cancelled.
 *
 * @param {() => Promise<void>} work
 * @param {AbortSignal} signal
 */
function inTurn(work, signal) {
  const mine = before.then(() => (signal.aborted ? undefined : work()));
  before = mine.catch(() => undefined);
  const cancelled = new Promise((_, fail) => {
    signal.addEventListener("abort", () => fail(new Error("cancelled")));
  });
  return Promise.race([mine, cancelled]);
}

/**
 * Fetch a file and hand it to the reader under the name that the application gives it.
 *
 * @param {string} url
 * @param {AbortSignal} signal
 */
async function download(url, signal) {
  const response = await fetch(url, { signal }).catch(() => {
    throw new Error("the dashboard does not answer; is it still running?");
  });
  if (!response.ok) throw new Error((await response.text()) || `could not be written (${response.status})`);
  const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "");
  const link = el("a", { href: URL.createObjectURL(await response.blob()), download: name?.[1] ?? "trip" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_MS);
}

/** How far the file is; null where nobody waits for it. @param {string} url @param {AbortSignal} signal */
async function progress(url, signal) {
  const answer = await fetch(url.replace("?", "/progress?"), { signal });
  return answer.ok ? answer.json() : null;
}

/** @param {{ ahead: number, done: number, total: number }} progress */
export function inWords({ ahead, done, total }) {
  if (ahead) return `waiting, ${ahead} ${ahead === 1 ? "file" : "files"} before it …`;
  return total ? `being written, ${done} of ${total} …` : "being written …";
}
