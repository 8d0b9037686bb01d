// How each app is read, and where its markers are; window.bench.app is the one of this page.

(() => {
  if (window !== window.top) return;
  const $ = (selector, root = document) => root.querySelector(selector);
  const words = (selector) => ($(selector) ? $(selector).textContent : "");
  const number = (text) => (text.match(/^\s*(\d+)\./) || [])[1] || null;

  /** Where a click reaches one of `items`: {number, x, y} in pixels of the page; `place` says it of one, or null. */
  function pick(items, place) {
    const left = [...items];
    while (left.length) {
      const at = Math.floor(Math.random() * left.length);
      const found = place(left[at]);
      if (found && found.number) return found;
      left[at] = left[left.length - 1];
      left.pop();
    }
    return null;
  }

  /** What lies on top at the middle of an element, and where that is in the page; `frame` is the iframe it is in. */
  function over(element, frame) {
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const at = inPage(x, y, frame);
    return box.width && at ? { ...at, hit: element.ownerDocument.elementFromPoint(x, y) } : null;
  }

  /** A point of the frame as a point of the page, or null where it cannot be seen. */
  function inPage(x, y, frame) {
    const edge = frame ? frame.getBoundingClientRect() : { left: 0, top: 0, width: window.innerWidth, height: window.innerHeight };
    const at = { x: x + edge.left + (frame ? frame.clientLeft : 0), y: y + edge.top + (frame ? frame.clientTop : 0) };
    const seen = x > 1 && y > 1 && x < edge.width - 3 && y < edge.height - 3 && at.x < window.innerWidth && at.y < window.innerHeight;
    return seen ? at : null;
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
    /** The markers are elements while they are few, and drawn on a canvas (browser/crowd.js) when they are many. */
    crowd: () => ours.layer().crowd,
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
    follows: (expected) => {
      if (!ours.listed(expected)) return false;
      const crowd = ours.crowd();
      if (crowd) return crowd.shown.length === expected && bench.draws > bench.drawsBefore;
      return ours.frame().document.querySelectorAll(".marker:not(.away)").length === expected;
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
      if (ours.crowd()) return ours.crowd().shown.length === count && bench.draws > 0;
      return ours.frame().document.querySelectorAll(".stop-marker").length === count;
    },
    busy: streamlitBusy,
    target: () => {
      const inside = ours.frame().document;
      if (!ours.crowd()) {
        return pick(inside.querySelectorAll(".stop-marker[data-stop]"), (button) => {
          const at = over(button, ours.element());
          const top = at && at.hit && at.hit.closest(".stop-marker");
          return top && { ...at, hit: null, number: top.textContent };
        });
      }
      return pick(bench.trip.id, (id) => {
        const point = id === ours.stop() ? null : ours.layer().pointOf(id);
        const at = point && inPage(point.x, point.y, ours.element());
        if (!at || inside.elementFromPoint(point.x, point.y).closest(".card, .legend, .leaflet-control")) return null;
        return { ...at, number: String(bench.trip.id.indexOf(id) + 1) };
      });
    },
    /** In a crowd: a point at which stops lie together; a click there leads nearer, or lists the stops of one place. */
    place: () => {
      const { map, trip } = ours.layer();
      return pick(trip.stops.features, ({ geometry }) => {
        const { x, y } = map.latLngToContainerPoint([geometry.coordinates[1], geometry.coordinates[0]]);
        const at = inPage(x, y, ours.element());
        const hit = at && ours.frame().document.elementFromPoint(x, y);
        return hit && !hit.closest(".card, .legend, .leaflet-control, .stop-marker") ? { ...at, number: "some" } : null;
      });
    },
    /** One of the stops that the map lists for one place. */
    entry: () =>
      pick(ours.frame().document.querySelectorAll(".card-list button"), (button) => {
        const at = over(button, ours.element());
        return at && at.hit === button && { ...at, hit: null, number: button.textContent.split(" ")[0] };
      }),
    choose: (id) => {
      const button = ours.frame().document.querySelector(`.stop-marker[data-stop="${id}"]`);
      if (button) button.click();
      else window.tripHub.act({ stop: id });
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
    target: () => {
      const owners = new Map(folium.layers().map((layer) => [layer._icon || layer._path, layer]));
      return pick(owners.keys(), (element) => {
        const at = over(element, folium.element());
        const top = at && owners.get(at.hit);
        return top && { ...at, hit: null, number: number(folium.label(top)) };
      });
    },
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
        const at = over(icon, null);
        return at && at.hit && { ...at, hit: null, number: number(at.hit.title || "") };
      }),
    handle: () => $("#days [role=slider]").getBoundingClientRect(),
    track: () => $("#days .dash-slider-track").getBoundingClientRect(),
  };

  const bare = {
    frame: () => null,
    counted: () => Number((line().match(/Count (\d+)/) || [])[1] ?? NaN),
    ready: () => !Number.isNaN(bare.counted()),
    busy: streamlitBusy,
    target: () => ({ ...over($('[data-testid="stButton"] button'), null), hit: null, number: "none" }),
  };

  const empty = {
    frame: folium.frame,
    ready: () => Boolean(folium.frame().document.querySelector(".leaflet-container .leaflet-control-zoom")),
    busy: streamlitBusy,
  };

  const bench = window.bench;
  const DAY = 86400000;
  bench.day = (index) => new Date(Date.parse(bench.trip.begin) + index * DAY).toISOString().slice(0, 10);
  bench.drawsBefore = 0;
  bench.app = { ours, folium, dash, bare, empty }[window.benchAdapter];
})();
