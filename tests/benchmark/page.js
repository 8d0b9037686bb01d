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
      this.frames = 0;
      this.armed = null;
      this.changed = performance.now();
      this.errors = [];
    }

    /** Begin to wait: `kind` is what starts the clock (an event, "load" or "now"), `tests` what must become true. */
    arm(kind, tests) {
      const began = { load: performance.timeOrigin, now: now() }[kind] ?? null;
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
        armed.frame ??= this.frames;
        armed.times[name] = now() - (name === "follow" ? armed.dispatched : armed.began);
        delete armed.tests[name];
      }
    }

    layout() {
      document.body.getBoundingClientRect();
      const map = this.app && this.app.frame();
      if (map) map.document.body.getBoundingClientRect();
    }

    /** Whether what the first test found has been painted: the browser begins no third frame before that. */
    painted() {
      return this.armed.frame !== undefined && this.frames >= this.armed.frame + 3;
    }

    done() {
      return this.armed !== null && Object.keys(this.armed.tests).length === 0;
    }

    /** How many stops these days and this country leave, as the trip itself says. */
    expected([first, last], code) {
      const { first: from, last: to, code: codes } = this.trip;
      let count = 0;
      for (let at = 0; at < from.length; at += 1) {
        if (first <= to[at] && from[at] <= last && (!code || codes[at] === code)) count += 1;
      }
      return count;
    }

    /** Whether count, map and (where there is one) list show exactly what the filters leave, and it is not `before`. */
    agrees(before, code) {
      const range = this.app.range();
      const expected = this.expected(range, code);
      return expected !== before && this.app.counted() === expected && this.app.follows(expected);
    }

    /** Select stops at random for so long, as one of many viewers does; returns each click's milliseconds. */
    async wander(seconds) {
      const end = now() + seconds * 1000;
      const taken = [];
      const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
      for (let last = null; ; ) {
        await sleep(1000 + Math.random() * 2000);
        if (now() > end) return taken;
        const at = Math.floor(Math.random() * this.trip.id.length);
        if (at === last) continue;
        last = at;
        const id = this.trip.id[at];
        this.arm("now", { panel: () => this.app.stop() === id, told: () => this.app.told().get("stop") === id });
        this.app.choose(id);
        while (!this.done() && now() < end + 30000) await sleep(10);
        taken.push(this.armed.times);
      }
    }

    /** The first element of the page at this selector, with just this text if one is given. */
    find(selector, text) {
      return [...document.querySelectorAll(selector)].find((element) => !text || element.textContent.trim() === text);
    }

    /** The middle of an element, once it lies where it lay at the last call and nothing covers it. */
    reach(element) {
      if (!element) return null;
      const box = element.getBoundingClientRect();
      const at = [box.left + box.width / 2, box.top + box.height / 2];
      const still = String(at) === this.reached;
      this.reached = String(at);
      return still && element.contains(document.elementFromPoint(...at)) ? at : null;
    }

    /** Whether nothing has changed for so long, in milliseconds. */
    quiet(span) {
      return performance.now() - this.changed > span && !(this.app && this.app.busy());
    }
  }

  if (window === top) {
    window.bench = new Bench();
    const frame = () => {
      window.bench.frames += 1;
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
