// The pages beside the map. Each is a link of its own, followed without leaving the page.

import { el } from "./dom.js";

const VIEWS = [
  ["", "Explore"],
  ["evidence", "Evidence"],
  ["sources", "Sources"],
  ["search", "Search"],
  ["method", "Method"],
];

export function mount(root, hub) {
  const links = VIEWS.map(([view, words]) => el("a", { href: `?view=${view}`, "data-view": view }, words));
  root.replaceChildren(el("nav", { class: "views", "aria-label": "Pages" }, ...links));
  return hub.subscribe((state) => {
    for (const link of links) {
      if (link.dataset.view === (state.view || "")) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  });
}
