// Whether the application answers. While it does not, one quiet line says so; what is done meanwhile is kept by the hub,
// which is called when the application is there again.

import { el } from "./dom.js";

const ASK_MS = 2000;

let line = null;
let asking = false;
let back = () => {};

/** Call `then` whenever the application answers again after it did not. */
export function whenBack(then) {
  back = then;
}

/** Something was not answered: find out whether the application is there, and ask until it is. */
export async function doubt() {
  if (asking || window.tripArchive) return; // an exported page has no application
  asking = true;
  while (!(await answers())) {
    say(true);
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
  }
  asking = false;
  if (line && !line.hidden) {
    say(false);
    back();
  }
}

const answers = () =>
  fetch(new URL("health", document.baseURI), { cache: "no-store" }).then(
    (response) => response.ok,
    () => false,
  );

function say(away) {
  if (!line) {
    line = el("p", { class: "connection", role: "status" });
    document.body.append(line);
  }
  line.hidden = !away;
  line.textContent = away ? "Not connected. What you do here is kept." : "";
}

/** Streamlit's own dialog about a lost connection would cover the map in front of a room; the line says it calmly. */
function closeDialogs() {
  for (const button of document.querySelectorAll(".stDialog button")) button.click();
}

new MutationObserver(closeDialogs).observe(document.body, { childList: true });
