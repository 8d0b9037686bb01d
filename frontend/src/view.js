// The pages beside the map: evidence, sources, search and method. The application renders them; here they are fetched,
// follow the filters, and the search field asks as one types.

import { el } from "./dom.js";

const PAUSE = 120; // milliseconds of rest before a search is asked
const SETTLE = 600; // and before it is put into the address bar
const FILTERS = ["from", "to", "country", "person"];

export function mount(root, hub) {
  const field = el("input", { type: "search", id: "search-field", autocomplete: "off", spellcheck: "false", maxlength: 200 });
  const form = el(
    "form",
    { class: "search-form", role: "search", onsubmit: (event) => event.preventDefault() },
    el("h2", {}, "Search the sources"),
    el("label", { for: "search-field" }, "Words, all of which must stand in one sentence; any spelling of a name finds all"),
    field,
  );
  const body = el("div", { class: "view-body" });
  root.replaceChildren(form, body);
  let shown = null;
  let asking = null;
  let telling = null;

  const load = async (path) => {
    if (shown === path) return;
    const fresh = !shown || shown.split("?")[0] !== path.split("?")[0];
    shown = path;
    let html;
    try {
      html = await hub.page(path);
    } catch (error) {
      if (shown !== path) return;
      body.textContent = error.message;
      shown = null; // to be asked for again
      return;
    }
    if (shown !== path) return;
    body.innerHTML = html;
    if (fresh) root.closest(".st-key-view").scrollTop = 0;
  };

  field.addEventListener("input", () => {
    clearTimeout(asking);
    clearTimeout(telling);
    asking = setTimeout(() => hub.preview({ q: field.value.trim() }), PAUSE);
    telling = setTimeout(() => hub.act({ q: field.value.trim() }), SETTLE);
  });
  body.addEventListener("click", (event) => {
    const fold = event.target.closest(".fold");
    if (!fold) return;
    const open = fold.getAttribute("aria-expanded") !== "true";
    fold.setAttribute("aria-expanded", String(open));
    for (const row of fold.closest("tbody").querySelectorAll(".meeting-row")) row.hidden = !open;
  });

  return hub.subscribe((state) => {
    form.hidden = state.view !== "search";
    if (!state.view || state.view === "present") {
      shown = null;
      body.replaceChildren();
      return;
    }
    if (state.view === "search") {
      if (document.activeElement !== field) field.value = state.q || "";
      load(`search.html?${query(state, ["q", ...FILTERS])}`);
    } else {
      load(state.view === "evidence" ? `evidence.html?${query(state, FILTERS)}` : `${state.view}.html`);
    }
  });
}

function query(state, keys) {
  return new URLSearchParams(keys.filter((key) => state[key]).map((key) => [key, state[key]]));
}
