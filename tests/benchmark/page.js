// Measures inside the page: a clock for all its frames, and a watcher that says when what was waited for is right.
//
// A measurement begins with the moment at which the browser took in the user's input (event.timeStamp) and ends when a
// test holds: it is tried after every change of the document, of the map's frame and of a canvas, and before every
// frame. Style and layout are done before the clock is read, so that their cost is in the figure.

(() => {
  const now = () => performance.timeOrigin + performance.now();
  const top = window.top;

  class Bench {
    constructor() {
      this.app = null; // from adapters.js
      this.trip = null; // {first, last, code, number}: one entry a stop
      this.draws = 0;
      this.armed = null;
      this.changed = performance.now();
      this.errors = [];
    }

    /** Begin to wait: `kind` is the event that starts the clock ("load": now), `tests` what must become true. */
    arm(kind, tests) {
      const began = kind === "load" ? performance.timeOrigin : null;
      this.armed = { kind, began, tests: { ...tests }, times: {} };
      if (began !== null) this.look();
    }

    /** An input event: the first of the awaited kind starts the clock. */
    note(kind, taken, dispatched) {
      const armed = this.armed;
      if (!armed || armed.kind !== kind || armed.began !== null) return;
      armed.began = taken;
      armed.dispatched = dispatched;
    }

    /** Try the tests that have not held yet. */
    look() {
      const armed = this.armed;
      if (!armed || armed.began === null) return;
      for (const [name, test] of Object.entries(armed.tests)) {
        let holds = false;
        try {
          holds = test();
        } catch {
          holds = false; // a part of the page is not there yet
        }
        if (!holds) continue;
        this.layout();
        armed.times[name] = now() - (name === "follow" ? armed.dispatched : armed.began);
        delete armed.tests[name];
      }
    }

    layout() {
      document.body.getBoundingClientRect();
      const map = this.app && this.app.frame();
      if (map) map.document.body.getBoundingClientRect();
    }

    done() {
      return this.armed !== null && Object.keys(this.armed.tests).length === 0;
    }

    /** How many stops these days and this country leave, as the trip itself says. */
    expected([first, last], code) {
      const { first: from, last: to, code: codes } = this.trip;
      let count = 0;
      for (let at = 0; at < from.length; at += 1) if (this.isShown(at, first, last, code, from, to, codes)) count += 1;
      return count;
    }

    isShown(at, first, last, code, from = this.trip.first, to = this.trip.last, codes = this.trip.code) {
      return first <= to[at] && from[at] <= last && (!code || codes[at] === code);
    }

    /** Whether count, map and (where there is one) list show exactly what the filters leave, and it is not `before`. */
    agrees(before, code) {
      const range = this.app.range();
      const expected = this.expected(range, code);
      return expected !== before && this.app.counted() === expected && this.app.follows(expected, range, code);
    }

    /** Whether nothing has changed for so long, in milliseconds. */
    quiet(span) {
      return performance.now() - this.changed > span && !(this.app && this.app.busy());
    }
  }

  if (window === top) {
    window.bench = new Bench();
    const frame = () => {
      window.bench.look();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }
  const bench = top.bench;
  if (!bench) return;

  for (const kind of ["pointerdown", "pointermove", "pointerup", "keydown"]) {
    window.addEventListener(kind, (event) => bench.note(kind, performance.timeOrigin + event.timeStamp, now()), { capture: true, passive: true });
  }
  window.addEventListener("error", (event) => bench.errors.push(String(event.message)));
  const changed = () => {
    bench.changed = top.performance.now();
    bench.look();
  };
  new MutationObserver(changed).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  // A canvas changes without a mutation: look again once the task that clears it has drawn it.
  const { clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    bench.draws += 1;
    queueMicrotask(changed);
    return clearRect.apply(this, box);
  };
})();
