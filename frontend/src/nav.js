// The pages beside the map, each a link of its own that is followed without leaving the page; presenting, and taking the
// view away as a file or as a link.

import { el, toClipboard } from "./dom.js";

const VIEWS = [
  ["", "Explore"],
  ["evidence", "Evidence"],
  ["sources", "Sources"],
  ["search", "Search"],
  ["method", "Method"],
];
const FILTERS = ["from", "to", "country", "person"];

export function mount(root, hub) {
  const views = hub.exported ? VIEWS.filter(([view]) => view !== "search") : VIEWS;
  const links = views.map(([view, words]) => el("a", { href: `?view=${view}`, "data-view": view }, words));
  const present = el("button", { type: "button", class: "button", onclick: () => begin() }, "Present");
  const share = el("button", { type: "button", class: "button", onclick: () => copyLink() }, "Copy link");
  const menu = el("details", { class: "menu" }, el("summary", { class: "button" }, "Export"));
  const files = el("div", { class: "menu-items" });
  const state = { now: {} };
  menu.append(files);
  root.replaceChildren(el("nav", { class: "views", "aria-label": "Pages" }, ...links), el("div", { class: "actions" }, ...(hub.exported ? [present] : [present, menu, share])));

  function begin() {
    const at = hub.visibleStops().findIndex((stop) => stop.id === state.now.stop);
    hub.act({ view: "present", slide: String(at < 0 ? 1 : at + 2), source: null, passage: null });
  }

  async function copyLink() {
    const done = await toClipboard(location.href);
    share.textContent = done ? "Link copied" : "Copy it from the address bar";
    setTimeout(() => (share.textContent = "Copy link"), 1600);
  }

  const item = ({ name, label }) => {
    const button = el("button", { type: "button" }, label);
    button.addEventListener("click", async () => {
      button.disabled = true;
      button.textContent = `${label}: being written …`;
      const query = new URLSearchParams(FILTERS.filter((key) => state.now[key]).map((key) => [key, state.now[key]]));
      const problem = await download(hub.address(`export/${name}?${query}`)).catch((error) => error);
      button.disabled = false;
      button.textContent = problem ? `${label}: ${problem.message}` : label;
      if (!problem) menu.open = false;
    });
    return button;
  };

  document.addEventListener("click", (event) => !menu.contains(event.target) && (menu.open = false));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.firstChild.focus();
    event.stopPropagation();
  });
  return hub.subscribe((now, trip) => {
    state.now = now;
    if (!files.firstChild && !hub.exported) files.replaceChildren(...trip.exports.map(item));
    for (const link of links) {
      if (link.dataset.view === (now.view || "")) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  });
}

/** Fetch a file and hand it to the reader under the name that the application gives it. */
async function download(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`could not be written (${response.status})`);
  const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") || "");
  const link = el("a", { href: URL.createObjectURL(await response.blob()), download: name ? name[1] : "trip" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
