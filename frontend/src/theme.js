// The exported page's theme, set before anything is drawn: the system's, until the reader chooses with the button.

const root = document.documentElement;
const system = window.matchMedia("(prefers-color-scheme: dark)");
/** @type {string | null} */
let chosen = null;

function show() {
  root.dataset.theme = chosen || (system.matches ? "dark" : "light");
  const button = document.querySelector("[data-theme-switch]");
  if (button) button.textContent = root.dataset.theme === "dark" ? "Light" : "Dark";
}

function turn() {
  chosen = root.dataset.theme === "dark" ? "light" : "dark";
  show();
}

system.addEventListener("change", show);
document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("[data-theme-switch]")?.addEventListener("click", turn);
  show();
});
show();
