// Files to take away. This page asks for one at a time, and the others wait for it here: so the page's own requests
// always find a free connection, and one reader does not fill the queue that all readers share.

import { el } from "./dom.js";

const ASK_MS = 600;
let before = Promise.resolve();

/** A line of the menu: the button that fetches the file, how far it is, and how to cancel it. */
export function fileItem(label, address, done) {
  const button = el("button", { type: "button", onclick: () => running || fetchFile() }, label);
  const cancel = el("button", { type: "button", class: "cancel", hidden: true, "aria-label": `Cancel ${label}`, onclick: () => running.abort() }, "Cancel");
  const words = el("p", { role: "status" });
  let running = null;

  async function fetchFile() {
    const mine = (running = new AbortController());
    const url = address();
    cancel.hidden = false;
    words.textContent = "waiting for the file before it …";
    const work = () => {
      words.textContent = "being written …";
      setTimeout(() => tell(url, words, mine.signal), ASK_MS / 2);
      return download(url, mine.signal);
    };
    const problem = await inTurn(work, mine.signal).catch((error) => error);
    running = null;
    if (document.activeElement === cancel) button.focus();
    cancel.hidden = true;
    words.textContent = !problem ? "" : mine.signal.aborted ? "cancelled" : problem.message;
    mine.abort(); // whoever still asks how far it is may stop
    if (!problem) done();
  }

  return el("div", { class: "menu-item" }, button, cancel, words);
}

/** Do it when what was asked for before is done; fail at once when it is cancelled. */
function inTurn(work, signal) {
  const mine = before.then(() => (signal.aborted ? null : work()));
  before = mine.catch(() => null);
  return Promise.race([mine, new Promise((_, fail) => signal.addEventListener("abort", () => fail(new Error("cancelled"))))]);
}

/** Fetch a file and hand it to the reader under the name that the application gives it. */
async function download(url, signal) {
  const response = await fetch(url, { signal }).catch(() => {
    throw new Error("the dashboard does not answer; is it still running?");
  });
  if (!response.ok) throw new Error((await response.text()) || `could not be written (${response.status})`);
  const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") || "");
  const link = el("a", { href: URL.createObjectURL(await response.blob()), download: name ? name[1] : "trip" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** Say how far the file is, again and again until it is there. */
async function tell(url, words, signal) {
  if (signal.aborted) return;
  const answer = await fetch(url.replace("?", "/progress?"), { signal }).catch(() => null);
  const now = answer && answer.ok ? await answer.json().catch(() => null) : null;
  if (signal.aborted) return;
  if (now) words.textContent = inWords(now);
  setTimeout(() => tell(url, words, signal), ASK_MS);
}

function inWords({ ahead, done, total }) {
  if (ahead) return `waiting, ${ahead} ${ahead === 1 ? "file" : "files"} before it …`;
  return total ? `being written, ${done} of ${total} …` : "being written …";
}
