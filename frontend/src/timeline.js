// The date range: one step a day of the trip, a bar for how much the sources report on it, two handles (the ARIA
// slider pattern) and a play button. Dragging filters map and list at once; letting go tells Python.

import { el, dayWords, plural } from "./dom.js";

const DAY = 86400000;
const PLAY_MS = 1200;
const BARS = 240; // bars drawn at most; longer trips put several days into one

export function mount(root, hub) {
  const bars = el("div", { class: "bars", "aria-hidden": true });
  const chosen = el("div", { class: "chosen", "aria-hidden": true });
  const handles = ["from", "to"].map((end) =>
    el("div", { class: `handle ${end}`, role: "slider", tabindex: 0, "aria-label": end === "from" ? "First day" : "Last day" }),
  );
  const track = el("div", { class: "track" }, bars, chosen, ...handles);
  const play = el("button", { type: "button", class: "play", "aria-label": "Play the days" }, "▶");
  const count = el("output", { class: "count" });
  root.replaceChildren(el("div", { class: "timeline" }, play, track, count));

  let days = [];
  let range = [0, 0];
  let player = null;
  let source = null;

  const query = () => ({
    from: range[0] > 0 ? days[range[0]] : null,
    to: range[1] < days.length - 1 ? days[range[1]] : null,
  });

  const move = (end, index, release) => {
    const other = range[1 - end];
    range[end] = end === 0 ? Math.min(Math.max(0, index), other) : Math.max(Math.min(days.length - 1, index), other);
    (release ? hub.act : hub.preview)(query());
  };

  const dayAt = (x) => {
    const box = track.getBoundingClientRect();
    return Math.min(days.length - 1, Math.max(0, Math.floor(((x - box.left) / box.width) * days.length)));
  };

  track.addEventListener("pointerdown", (event) => {
    stop();
    const index = dayAt(event.clientX);
    let end = handles.indexOf(event.target);
    if (end < 0) end = Math.abs(index - range[0]) <= Math.abs(index - range[1]) ? 0 : 1;
    track.setPointerCapture(event.pointerId);
    const drag = (moved) => move(end, dayAt(moved.clientX), false);
    const release = () => {
      track.removeEventListener("pointermove", drag);
      hub.act(query());
    };
    track.addEventListener("pointermove", drag);
    track.addEventListener("pointerup", release, { once: true });
    track.addEventListener("pointercancel", release, { once: true });
    handles[end].focus({ preventScroll: true });
    move(end, index, false);
    event.preventDefault();
  });

  handles.forEach((handle, end) =>
    handle.addEventListener("keydown", (event) => {
      const leap = Math.max(1, Math.round(days.length / 10));
      const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: leap, PageDown: -leap };
      const goal = { Home: 0, End: days.length - 1 }[event.key] ?? range[end] + (steps[event.key] ?? NaN);
      if (Number.isNaN(goal)) return;
      event.preventDefault();
      event.stopPropagation();
      move(end, goal, true);
    }),
  );

  function stop() {
    if (player) clearInterval(player);
    player = null;
    play.textContent = "▶";
    play.setAttribute("aria-label", "Play the days");
  }

  play.addEventListener("click", () => {
    if (player) return stop();
    range = [0, range[1] >= days.length - 1 ? 0 : range[1] + 1];
    hub.act(query());
    play.textContent = "❚❚";
    play.setAttribute("aria-label", "Pause");
    player = setInterval(() => {
      if (range[1] >= days.length - 1) return stop();
      move(1, range[1] + Math.max(1, Math.round(days.length / 60)), true);
    }, PLAY_MS);
  });

  let drawn = null;
  const end = hub.subscribe((state, trip) => {
    const filters = [state.from, state.to, state.country, state.person].join();
    if (trip === source && filters === drawn) return;
    drawn = filters;
    if (trip !== source) {
      source = trip;
      days = allDays(trip.first, trip.last);
      drawBars(bars, days, trip);
    }
    range = [state.from ? days.indexOf(state.from) : 0, state.to ? days.indexOf(state.to) : days.length - 1];
    const share = (index) => `${(100 * index) / days.length}%`;
    chosen.style.left = handles[0].style.left = share(range[0]);
    chosen.style.right = `${100 - (100 * (range[1] + 1)) / days.length}%`;
    handles[1].style.left = share(range[1] + 1);
    handles.forEach((handle, at) => {
      handle.setAttribute("aria-valuemin", 0);
      handle.setAttribute("aria-valuemax", days.length - 1);
      handle.setAttribute("aria-valuenow", range[at]);
      handle.setAttribute("aria-valuetext", dayWords(days[range[at]], true));
    });
    for (const bar of bars.children) bar.classList.toggle("out", bar.dataset.day < days[range[0]] || bar.dataset.day > days[range[1]]);
    const shown = hub.visibleStops().length;
    count.replaceChildren(el("b", {}, `Showing ${shown} of ${plural(trip.stops.features.length, "stop")}`), el("span", {}, rangeWords(days, range)));
  });
  return () => {
    stop();
    end();
  };
}

function rangeWords(days, [first, last]) {
  const [a, b] = [days[first], days[last]];
  if (a === b) return dayWords(a, true);
  if (a.slice(0, 7) === b.slice(0, 7)) return `${Number(a.slice(8))} to ${dayWords(b, true)}`;
  return `${dayWords(a, a.slice(0, 4) !== b.slice(0, 4))} to ${dayWords(b, true)}`;
}

function allDays(first, last) {
  const days = [];
  for (let time = Date.parse(first); time <= Date.parse(last); time += DAY) days.push(new Date(time).toISOString().slice(0, 10));
  return days;
}

function drawBars(bars, days, trip) {
  const per = Math.ceil(days.length / BARS);
  const groups = [];
  for (let at = 0; at < days.length; at += per) groups.push(days.slice(at, at + per));
  const amount = (group) => group.reduce((sum, day) => sum + (trip.activity[day] || 0), 0);
  const most = Math.max(1, ...groups.map(amount));
  const labelled = groups.length <= 31;
  const inferred = trip.stops.features.map((stop) => stop.properties).filter((stop) => stop.date_basis === "inferred" && stop.first_day);
  bars.replaceChildren(
    ...groups.map((group) => {
      const guess = labelled && inferred.filter((stop) => stop.first_day <= group[0] && group[0] <= stop.last_day);
      const names = guess && guess.length ? `; inferred: ${guess.map((stop) => `${stop.name} (${stop.date_reason})`).join("; ")}` : "";
      const title = `${dayWords(group[0], true)}: ${plural(amount(group), "dated item")} (meetings, quotes)${names}`;
      return el(
        "div",
        { class: "bar-cell", "data-day": group[0], title },
        el("i", { class: "bar", style: `height:${(100 * amount(group)) / most}%` }),
        guess && guess.length ? el("i", { class: "inferred-mark" }) : null,
        labelled ? el("span", {}, String(Number(group[0].slice(8)))) : null,
      );
    }),
  );
}
