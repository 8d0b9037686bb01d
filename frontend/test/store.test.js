import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { Store } from "../src/core/store.js";
import { stop, tripOf, VOYAGE } from "./trips.js";

/** @import { Change, Query, Trip } from "../types.d.ts" */

const AGAIN = 3000;

/** @type {Store} */
let store;
/** What was reported. @type {{ n: number, change: Change }[]} */
let reports;
/** How often an act was not answered in time. */
let doubts = 0;
/** Which data were asked for. @type {string[]} */
let asked;

const report = (/** @type {string} */ name, /** @type {any} */ act) => {
  assert.equal(name, "act");
  reports.push(act);
};

/** Python tells what it has. */
const told = (/** @type {Query} */ query, echo = 0, session = "a", base = "/trip/1") =>
  store.receive({ base, session, echo, query }, report);

describe("the store", () => {
  afterEach(() => mock.timers.reset());
  beforeEach(() => {
    mock.timers.reset();
    mock.timers.enable({ apis: ["setTimeout"] });
    reports = [];
    asked = [];
    doubts = 0;
    store = new Store({
      fetchTrip: async (base) => {
        asked.push(base);
        return VOYAGE;
      },
      doubt: () => {
        doubts += 1;
      },
    });
  });

  test("what Python has is shown, and its data are fetched once", async () => {
    await told({ stop: "calder" });
    await told({ stop: "brindle" });
    assert.deepEqual(store.query, { stop: "brindle" });
    assert.deepEqual(asked, ["/trip/1"]);
    assert.equal(store.trip, VOYAGE);
    assert.equal(store.stopOf("calder"), VOYAGE.stops.features[1]);
    assert.equal(store.base, "/trip/1");
  });

  test("the address says each act at once, and a correction once it is answered", async () => {
    /** @type {[string, Query][]} */
    const written = [];
    store.address = {
      act: (query) => written.push(["act", query]),
      settle: (query) => written.push(["settle", query]),
    };
    await told({});
    assert.deepEqual(written, []);
    store.act({ stop: "calder" });
    store.act({ stop: "brindle" });
    assert.equal(store.isAhead, true);
    await told({ stop: "calder" }, 1);
    assert.equal(store.isAhead, true);
    await told({ stop: "dunmore" }, 2);
    assert.equal(store.isAhead, false);
    await told({ stop: "dunmore" }, 2);
    assert.deepEqual(written, [
      ["act", { stop: "calder" }],
      ["act", { stop: "brindle" }],
      ["settle", { stop: "dunmore" }],
    ]);
  });

  test("the address has no stop that a slide shows by itself", async () => {
    await told({ view: "present", slide: "2" });
    assert.notEqual(store.query.stop, undefined);
    assert.deepEqual(store.asked, { view: "present", slide: "2" });
  });

  test("an act is shown at once and reported with its number", async () => {
    await told({});
    store.act({ stop: "calder" });
    assert.deepEqual(store.query, { stop: "calder" });
    assert.deepEqual(reports, [{ n: 1, change: { stop: "calder" } }]);
  });

  test("an act before Python is heard is shown and not lost", async () => {
    store.act({ stop: "calder" });
    assert.deepEqual(store.query, { stop: "calder" });
    assert.deepEqual(reports, []);
    await told({});
    assert.equal(store.trip, VOYAGE);
  });

  test("acts that are on their way travel together", async () => {
    await told({});
    store.act({ stop: "calder" });
    store.act({ country: "IE" });
    assert.deepEqual(reports.at(-1), { n: 2, change: { stop: "calder", country: "IE" } });
  });

  test("an answer to an older act does not overwrite a newer one", async () => {
    await told({});
    store.act({ stop: "calder" });
    store.act({ stop: "dunmore" });
    await told({ stop: "calder" }, 1);
    assert.deepEqual(store.query, { stop: "dunmore" });
    await told({ stop: "dunmore" }, 2);
    assert.deepEqual(store.query, { stop: "dunmore" });
    await told({ stop: "brindle" }, 2); // the reader went back
    assert.deepEqual(store.query, { stop: "brindle" });
  });

  test("an answer may correct the act", async () => {
    await told({});
    store.act({ from: "soon" });
    await told({ stop: "calder" }, 1);
    assert.deepEqual(store.query, { stop: "calder" });
  });

  test("an act that is not answered is reported again, until it is", async () => {
    await told({});
    store.act({ stop: "calder" });
    mock.timers.tick(AGAIN - 1);
    assert.equal(reports.length, 1);
    mock.timers.tick(1);
    assert.deepEqual(reports, [
      { n: 1, change: { stop: "calder" } },
      { n: 1, change: { stop: "calder" } },
    ]);
    assert.equal(doubts, 1);
    mock.timers.tick(AGAIN);
    assert.equal(reports.length, 3);
    await told({ stop: "calder" }, 1);
    mock.timers.tick(10 * AGAIN);
    assert.equal(reports.length, 3);
    assert.equal(doubts, 2);
  });

  test("a newer act is reported in place of the older, not beside it", async () => {
    await told({});
    store.act({ stop: "calder" });
    mock.timers.tick(AGAIN / 2);
    store.act({ stop: "dunmore" });
    mock.timers.tick(AGAIN - 1);
    assert.equal(reports.length, 2);
  });

  test("an answer to an older act leaves the newer one to be reported again", async () => {
    await told({});
    store.act({ stop: "calder" });
    store.act({ stop: "dunmore" });
    await told({ stop: "calder" }, 1);
    mock.timers.tick(AGAIN);
    assert.deepEqual(reports.at(-1), { n: 2, change: { stop: "dunmore" } });
  });

  test("a preview is shown and not reported, and no answer takes it away", async () => {
    await told({});
    store.preview({ from: "2031-05-04" });
    assert.deepEqual(store.query, { from: "2031-05-04" });
    assert.deepEqual(reports, []);
    await told({ person: "tom" });
    assert.deepEqual(store.query, { from: "2031-05-04", person: "tom" });
    store.act({ from: "2031-05-05" });
    assert.deepEqual(reports, [{ n: 1, change: { from: "2031-05-05" } }]);
    await told({ from: "2031-05-05" }, 1);
    await told({}, 1);
    assert.deepEqual(store.query, {});
  });

  test("what was done while the application began anew is told to the new one", async () => {
    await told({}, 4);
    store.act({ stop: "calder" });
    assert.deepEqual(reports, [{ n: 5, change: { stop: "calder" } }]);
    await told({}, 0, "b");
    assert.deepEqual(reports, [
      { n: 5, change: { stop: "calder" } },
      { n: 5, change: { stop: "calder" } },
    ]);
    assert.deepEqual(store.query, { stop: "calder" });
  });

  test("a new application is told nothing where nothing was done", async () => {
    await told({});
    await told({ stop: "calder" }, 0, "b");
    assert.deepEqual(reports, []);
    assert.deepEqual(store.query, { stop: "calder" });
  });

  test("the same application is not told again with each answer", async () => {
    await told({});
    store.act({ stop: "calder" });
    await told({}, 0);
    assert.equal(reports.length, 1);
  });

  test("acts are counted on from what the application has heard", async () => {
    await told({}, 7);
    store.act({ stop: "calder" });
    assert.equal(reports[0]?.n, 8);
    await told({ stop: "brindle" }, 7); // an answer to what came before this page
    assert.deepEqual(store.query, { stop: "calder" });
  });

  test("being heard ends the absence", async () => {
    assert.equal(store.lost, false);
    store.lost = true;
    await told({});
    assert.equal(store.lost, false);
  });

  test("another trip is fetched and its stops take the place of the old ones", async () => {
    const other = tripOf([stop("erith")]);
    await told({});
    store.fetchTrip = async () => other;
    await told({ stop: "erith" }, 0, "a", "/trip/2");
    assert.equal(store.trip, other);
    assert.deepEqual(store.visibleStops(), other.stops.features);
    assert.equal(store.stopOf("calder"), undefined);
  });

  test("a trip that comes late does not overwrite a newer one", async () => {
    const answers = /** @type {((trip: Trip) => void)[]} */ ([]);
    store.fetchTrip = () => new Promise((resolve) => answers.push(resolve));
    const first = told({}, 0, "a", "/trip/1");
    const second = told({}, 0, "a", "/trip/2");
    const newer = tripOf([stop("erith")]);
    answers[1]?.(newer);
    await second;
    answers[0]?.(VOYAGE);
    await first;
    assert.equal(store.trip, newer);
  });

  test("nobody is told of a trip that is not there yet", async () => {
    const seen = /** @type {unknown[]} */ ([]);
    store.subscribe((_, trip) => seen.push(trip));
    store.act({ stop: "calder" });
    assert.deepEqual(seen, []);
    await told({});
    assert.deepEqual(seen, [VOYAGE]);
  });

  test("a listener is told now and at every change, until it ends", async () => {
    await told({});
    const seen = /** @type {unknown[]} */ ([]);
    const end = store.subscribe((query) => seen.push(query.stop));
    store.act({ stop: "calder" });
    end();
    store.act({ stop: "dunmore" });
    assert.deepEqual(seen, [undefined, "calder"]);
  });

  test("a listener that fails does not keep the others from following", async () => {
    const errors = /** @type {unknown[]} */ ([]);
    globalThis.reportError = (error) => errors.push(error);
    await told({});
    let calls = 0;
    const wrong = new Error("wrong");
    store.subscribe(() => {
      if (calls++) throw wrong;
    });
    const seen = /** @type {unknown[]} */ ([]);
    store.subscribe((query) => seen.push(query.stop));
    store.act({ stop: "calder" });
    assert.deepEqual(seen, [undefined, "calder"]);
    assert.deepEqual(errors, [wrong]);
  });

  test("a listener may end while it is told", async () => {
    await told({});
    let told_ = 0;
    const end = store.subscribe(() => {
      told_ += 1;
      if (told_ > 1) end();
    });
    store.act({ stop: "calder" });
    store.act({ stop: "dunmore" });
    assert.equal(told_, 2);
  });

  test("a step selects the next visible stop, and none where there is none", async () => {
    await told({ country: "GB" });
    store.step(1);
    assert.equal(store.query.stop, "brindle");
    store.step(1);
    assert.equal(store.query.stop, "dunmore");
    store.step(1);
    assert.equal(store.query.stop, "dunmore");
    assert.equal(reports.length, 2);
  });

  test("a stop that an act hides is let go", async () => {
    await told({ stop: "calder" });
    store.act({ country: "GB" });
    assert.deepEqual(store.query, { stop: undefined, country: "GB" });
  });

  test("reaching a stop lets the filters go that would hide it, and only then", async () => {
    await told({ country: "IE" });
    assert.deepEqual(store.reach("calder"), { stop: "calder" });
    const all = { stop: "brindle", from: null, to: null, country: null, person: null };
    assert.deepEqual(store.reach("brindle"), all);
    assert.deepEqual(store.reach("atlantis"), { ...all, stop: "atlantis" });
  });

  test("an option is turned on and off, and everyone is told", async () => {
    await told({});
    let calls = 0;
    store.subscribe(() => {
      calls += 1;
    });
    store.toggle("notes");
    assert.deepEqual([...store.options], ["notes"]);
    store.toggle("notes");
    assert.deepEqual([...store.options], []);
    assert.equal(calls, 3);
  });

  test("an act without a change asks Python again", async () => {
    await told({});
    store.act();
    assert.deepEqual(reports, [{ n: 1, change: {} }]);
  });
});
