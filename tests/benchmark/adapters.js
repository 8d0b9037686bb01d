// How each app is read, and where its markers are; window.bench.app is the one of this page.

(() => {
  if (window !== window.top) return;
  const $ = (selector, root = document) => root.querySelector(selector);
  const words = (selector) => ($(selector) ? $(selector).textContent : "");
  const number = (text) => (text.match(/^\s*(\d+)\./) || [])[1] || null;

  /** A random one of `items` that `place` finds to be clickable: {number, x, y} in the pixels of the page. */
  function pick(items, place) {
    const left = [...items];
    while (left.length) {
      const [item] = left.splice(Math.floor(Math.random() * left.length), 1);
      const found = place(item);
      if (found) return found;
    }
    return null;
  }

  /** The middle of an element if a click there would reach it and nothing else; `frame` is the iframe it is in. */
  function open(element, frame) {
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (!box.width || x < 0 || y < 0 || x > element.ownerDocument.defaultView.innerWidth) return null;
    const hit = element.ownerDocument.elementFromPoint(x, y);
    if (!hit || !(hit === element || element.contains(hit))) return null;
    const edge = frame ? frame.getBoundingClientRect() : { left: 0, top: 0 };
    const [left, top] = [edge.left + (frame ? frame.clientLeft : 0), edge.top + (frame ? frame.clientTop : 0)];
    if (top + y > window.innerHeight || left + x > window.innerWidth) return null;
    return { x: left + x, y: top + y };
  }

  const streamlitBusy = () => Boolean($('[data-test-script-state="running"]') || $('[data-testid="stStatusWidget"]'));

  /** "Showing 3 of 9 stops, 2025-02-01 to 2025-02-19" */
  const line = () => words(".st-key-count") || words("#count");
  const lineCount = () => Number((line().match(/Showing (\d+) of/) || [])[1] ?? NaN);
  const lineRange = () => line().match(/\d{4}-\d\d-\d\d/g);

  const ours = {
    element: () => $(".st-key-map iframe"),
    frame: () => ours.element() && ours.element().contentWindow,
    layer: () => ours.frame().tripLayer,
    /** The markers are elements while they are few, and drawn on a canvas when they are many. */
    drawn: () => ours.frame().document.querySelectorAll(".stop-marker[data-stop]").length < ours.layer().trip.stops.features.length,
    counted: () => Number((words(".st-key-date_range .count").match(/Showing ([\d,.]+) of/) || [])[1]?.replace(/\D/g, "") ?? NaN),
    stop: () => {
      const page = $(".st-key-stop_panel .stop-page[data-stop]");
      return page && page.offsetParent && $("h2", page) ? page.dataset.stop : null;
    },
    panel: () => (ours.stop() ? String(bench.trip.id.indexOf(ours.stop()) + 1) : null),
    card: () => {
      const card = ours.frame().document.querySelector(".card");
      return card && !card.hidden && card.offsetWidth ? $(".card-number", card).textContent : null;
    },
    range: () => {
      const [from, to] = ["from", "to"].map((end) => Number($(`.st-key-date_range .handle.${end}`).getAttribute("aria-valuenow")));
      return [bench.day(from), bench.day(to)];
    },
    told: () => new URLSearchParams(location.search),
    follows: (expected, [first, last], code) => {
      if (!ours.listed(expected)) return false;
      if (!ours.drawn()) return ours.frame().document.querySelectorAll(".marker:not(.away)").length === expected;
      // On a canvas: no hidden stop may be drawn, some stop that is left must be, and it has been drawn anew.
      const layer = ours.layer();
      let found = expected === 0;
      for (let at = 0; at < bench.trip.id.length; at += Math.ceil(bench.trip.id.length / 200)) {
        const point = layer.pointOf(bench.trip.id[at]);
        const shown = bench.isShown(at, first, last, code);
        if (point && !shown) return false;
        if (point && shown) found = true;
      }
      return (found || layer.pointOf(bench.shownId(first, last, code)) !== null) && bench.draws > bench.drawsBefore;
    },
    /** The itinerary has a row for each stop, or as many as it draws at once; with a stop selected it is away. */
    listed: (expected) => {
      if (ours.stop() || new URLSearchParams(location.search).get("stop")) return true;
      const rows = document.querySelectorAll(".st-key-itinerary li").length;
      return rows === expected || (rows >= 20 && rows < expected);
    },
    ready: (count) => {
      const layer = ours.layer();
      if (!layer || !layer.trip || ours.counted() !== count || !$(".st-key-itinerary li")) return false;
      if (!ours.drawn()) return ours.frame().document.querySelectorAll(".stop-marker").length === count;
      return bench.draws > 0 && layer.trip.stops.features.some((stop) => layer.pointOf(stop.id));
    },
    busy: streamlitBusy,
    target: () => {
      const element = ours.element();
      const edge = element.getBoundingClientRect();
      const pages = ours.frame().document;
      if (!ours.drawn()) {
        return pick(pages.querySelectorAll(".stop-marker[data-stop]:not(.selected)"), (button) => {
          const at = open(button, element);
          return at && { ...at, number: button.textContent };
        });
      }
      return pick(bench.trip.id, (id) => {
        const point = ours.layer().pointOf(id);
        if (!point || point.x < 4 || point.y < 4 || point.x > edge.width - 4 || point.y > edge.height - 4) return null;
        const hit = pages.elementFromPoint(point.x, point.y);
        if (!hit || hit.closest(".card, .legend, .leaflet-control")) return null;
        const at = { x: edge.left + element.clientLeft + point.x, y: edge.top + element.clientTop + point.y };
        return at.y < window.innerHeight && at.x < window.innerWidth ? { ...at, number: String(bench.trip.id.indexOf(id) + 1) } : null;
      });
    },
    handle: () => $(".st-key-date_range .handle.from").getBoundingClientRect(),
    track: () => $(".st-key-date_range .track").getBoundingClientRect(),
  };

  const folium = {
    element: () => $('iframe[title^="streamlit_folium"]'),
    frame: () => folium.element() && folium.element().contentWindow,
    markers: () => folium.frame().document.querySelectorAll(".leaflet-marker-icon, .leaflet-overlay-pane path.leaflet-interactive"),
    counted: lineCount,
    range: lineRange,
    panel: () => number(words(".st-key-stop h3")),
    follows: (expected) => folium.markers().length === expected,
    ready: (count) => lineCount() === count && folium.markers().length === count && words(".st-key-stop").includes("Click on a marker"),
    busy: streamlitBusy,
    layers: () => Object.values(folium.frame().map._layers).filter((layer) => layer._icon || (layer._path && layer.feature)),
    label: (layer) => {
      if (layer.feature) return layer.feature.properties.label;
      const held = (layer._popup || layer._tooltip)._content;
      return (held.textContent ?? String(held).replace(/<[^>]*>/g, " ")).trim();
    },
    target: () =>
      pick(folium.layers(), (layer) => {
        const at = open(layer._icon || layer._path, folium.element());
        return at && { ...at, number: number(folium.label(layer)) };
      }),
    handle: () => $('[data-testid="stSlider"] input[type=range]').parentElement.parentElement.getBoundingClientRect(),
    track: () => $('[data-testid="stSlider"] [data-orientation] > [data-orientation]').getBoundingClientRect(),
  };

  const dash = {
    frame: () => null,
    markers: () => document.querySelectorAll(".leaflet-marker-icon"),
    counted: lineCount,
    range: lineRange,
    panel: () => number(words("#stop h3")),
    follows: (expected) => dash.markers().length === expected,
    ready: (count) => lineCount() === count && dash.markers().length === count && words("#stop").includes("Click on a marker"),
    busy: () => document.title === "Updating...",
    target: () =>
      pick(dash.markers(), (icon) => {
        const at = open(icon, null);
        return at && { ...at, number: number(icon.title) };
      }),
    handle: () => $("#days [role=slider]").getBoundingClientRect(),
    track: () => $("#days .dash-slider-track").getBoundingClientRect(),
  };

  const bare = {
    frame: () => null,
    counted: () => Number((line().match(/Count (\d+)/) || [])[1] ?? NaN),
    ready: () => !Number.isNaN(bare.counted()),
    busy: streamlitBusy,
    target: () => ({ ...open($('[data-testid="stButton"] button'), null), number: null }),
  };

  const empty = {
    frame: folium.frame,
    ready: () => Boolean(folium.frame().document.querySelector(".leaflet-container .leaflet-control-zoom")),
    busy: streamlitBusy,
  };

  const bench = window.bench;
  const DAY = 86400000;
  bench.day = (index) => new Date(Date.parse(bench.trip.begin) + index * DAY).toISOString().slice(0, 10);
  bench.shownId = (first, last, code) => bench.trip.id.find((_, at) => bench.isShown(at, first, last, code));
  bench.drawsBefore = 0;
  bench.app = { ours, folium, dash, bare, empty }[window.benchAdapter];
})();
