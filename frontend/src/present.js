// The presentation: the map fills the window, a card shows one stop, and the keys of a clicker lead through. The slide's
// text is fetched before it is needed; the map is the one that was there.

import { el } from "./dom.js";

const FILTERS = ["from", "to", "country", "person"];
const GATHERED = 150; // slides to each side that are fetched beforehand

export function mount(root, hub) {
  const body = el("div", { class: "slide", "aria-live": "polite" });
  const blank = el("div", { class: "blank", "aria-hidden": true });
  const notes = el("div", { class: "notes", tabindex: 0, role: "region", "aria-label": "Speaker notes" });
  const where = el("span", { class: "where" });
  const clock = el("span", { class: "clock", title: "Time since the presentation began" });
  const seconds = el("select", { "aria-label": "Seconds a slide" }, ...[5, 10, 20, 30, 60].map((n) => el("option", { value: n }, `${n} s`)));
  seconds.value = "10";
  const buttons = {
    back: tool("Back (Left)", "‹", () => go(-1)),
    next: tool("Forward (Right)", "›", () => go(1)),
    play: tool("Play by itself", "▶", () => (player ? halt() : play())),
    reveal: tool("Hide the stops ahead", "Reveal", () => toggle("reveal")),
    notes: tool("Speaker notes (N)", "Notes", () => toggle("notes")),
    blank: tool("Blank the screen (B)", "Blank", () => toggle("blank")),
    full: tool("Full screen (F)", "Full screen", fullScreen),
    leave: tool("Back to exploring (Esc)", "Close", leave),
  };
  const bar = el("div", { class: "present-bar" }, where, clock, buttons.back, buttons.next, buttons.play, seconds, buttons.reveal, buttons.notes, buttons.blank, buttons.full, buttons.leave);
  root.replaceChildren(body, notes, bar, blank);

  let state = {};
  let shown = null;
  let player = null;
  let began = null;
  let gathered = null;
  const options = document.documentElement.dataset; // page.css and map.js look here: data-reveal, data-notes, data-blank

  const count = () => hub.visibleStops().length + 2;
  const slide = () => Math.min(Math.max(1, Number(state.slide || 1)), count());
  const path = (number) => {
    const query = new URLSearchParams(FILTERS.filter((key) => state[key]).map((key) => [key, state[key]]));
    if (number === 1) return `opening.html?${query}`;
    if (number === count()) return `closing.html?${query}`;
    return `slide/${encodeURIComponent(hub.visibleStops()[number - 2].id)}.html`;
  };

  function jump(number) {
    const next = Math.min(Math.max(1, number), count());
    if (next !== slide()) hub.act({ slide: String(next) });
  }
  const go = (direction) => jump(slide() + direction);

  function toggle(name) {
    if (name in options) delete options[name];
    else options[name] = "";
    buttons[name].setAttribute("aria-pressed", String(name in options));
    window.dispatchEvent(new Event("present-option"));
  }

  function play() {
    buttons.play.textContent = "❚❚";
    player = setInterval(() => (slide() < count() ? go(1) : halt()), Number(seconds.value) * 1000);
  }

  function halt() {
    clearInterval(player);
    player = null;
    buttons.play.textContent = "▶";
  }

  function fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => (buttons.full.textContent = "Not possible here"));
  }

  function leave() {
    halt();
    if (document.fullscreenElement) document.exitFullscreen();
    hub.act({ view: null, slide: null });
  }

  const KEYS = {
    ArrowRight: () => go(1), PageDown: () => go(1), " ": () => go(1),
    ArrowLeft: () => go(-1), PageUp: () => go(-1),
    Home: () => jump(1), End: () => jump(count()),
    b: () => toggle("blank"), f: fullScreen, n: () => toggle("notes"), Escape: leave,
  };

  /** Take a key; true if it was one of the presentation's. A source that lies open keeps its own keys. */
  function key(event) {
    if (state.source || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.target.closest && event.target.closest("select, input")) return false;
    if (event.key === " " && event.target.closest && event.target.closest(".present-bar button")) return false;
    if (player) halt();
    const act = KEYS[event.key] || KEYS[event.key.toLowerCase()] || (/^[1-9]$/.test(event.key) && (() => jump(Number(event.key))));
    if (act) act();
    return Boolean(act);
  }

  /** Words that would not fit on the slide are set smaller, as far as the back of a room can bear. */
  function fit() {
    const card = body.querySelector(".slide-card");
    for (let scale = 1; card && scale > 0.65; scale -= 0.05) {
      card.style.setProperty("--fit", scale);
      if (card.scrollHeight <= card.clientHeight) return;
    }
  }

  async function show(number) {
    const wanted = path(number);
    if (shown === wanted) return;
    shown = wanted;
    const html = await hub.page(wanted).catch((error) => error);
    if (shown !== wanted) return;
    if (html instanceof Error) {
      body.textContent = html.message;
      shown = null; // to be asked for again
      return;
    }
    body.innerHTML = html;
    fit();
    notes.replaceChildren(...body.querySelectorAll(".slide-notes > *"));
    body.dataset.slide = number;
  }

  /** Fetch every slide with its notes, the nearest first: the presentation goes on should the application be away. */
  async function gather(from) {
    const key = FILTERS.map((name) => state[name]).join();
    if (gathered === key) return;
    gathered = key;
    for (let far = 0; far < Math.min(count(), GATHERED); far += 1) {
      for (const number of far ? [from + far, from - far] : [from]) {
        if (state.view !== "present" || gathered !== key) return;
        if (number >= 1 && number <= count()) await hub.page(path(number)).catch(() => (gathered = null));
      }
    }
  }

  const tick = () => {
    if (!began) return;
    const passed = Math.floor((Date.now() - began) / 1000);
    clock.textContent = `${String(Math.floor(passed / 60)).padStart(2, "0")}:${String(passed % 60).padStart(2, "0")}`;
  };
  const ticking = setInterval(tick, 1000);

  window.addEventListener("resize", fit);
  hub.present(key);
  const end = hub.subscribe((next) => {
    state = next;
    if (state.view !== "present") {
      began = shown = gathered = null;
      halt();
      body.replaceChildren();
      return;
    }
    began = began || Date.now();
    tick();
    const number = slide();
    where.textContent = `${number} / ${count()}`;
    buttons.back.disabled = number === 1;
    buttons.next.disabled = number === count();
    show(number);
    gather(number);
  });
  return () => {
    window.removeEventListener("resize", fit);
    clearInterval(ticking);
    halt();
    end();
  };
}

function tool(label, words, onclick) {
  return el("button", { type: "button", class: "button", title: label, "aria-label": label, onclick }, words);
}
