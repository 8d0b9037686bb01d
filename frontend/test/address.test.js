import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";

import { Address, searchOf } from "../src/core/address.js";

/** The parts of a browser that the address needs. */
function browser() {
  const entries = ["/?stop=amman"];
  const location = {
    pathname: "/",
    get search() {
      return new URL(entries.at(-1) ?? "", "http://x").search;
    },
  };
  const history = {
    /** @param {[unknown, string, string]} entry */
    pushState: (...entry) => void entries.push(entry[2]),
    /** @param {[unknown, string, string]} entry */
    replaceState: (...entry) => void entries.splice(-1, 1, entry[2]),
  };
  Object.assign(globalThis, { window: { history }, location });
  return { entries, history };
}

describe("the address", () => {
  const page = { isAhead: false };
  let place = browser();
  let address = new Address(page);

  beforeEach(() => {
    place = browser();
    page.isAhead = false;
    address = new Address(page);
  });

  const shown = () => new Promise((done) => setTimeout(done));

  it("has a new entry for each act, and none where nothing changes", async () => {
    address.act({ stop: "tokyo", country: "JP,KR" });
    address.act({ stop: "tokyo", country: "JP,KR" });
    address.act({});
    await shown();
    assert.deepEqual(place.entries, ["/?stop=amman", "/?stop=tokyo&country=JP%2CKR", "/"]);
  });

  it("has one entry for all slides of a presentation", async () => {
    address.act({ view: "present", slide: "2" });
    address.act({ view: "present", slide: "3" });
    address.act({ stop: "tokyo" });
    await shown();
    assert.deepEqual(place.entries, ["/?stop=amman", "/?view=present&slide=3", "/?stop=tokyo"]);
  });

  it("takes a correction in the place of what was asked for", () => {
    address.act({ stop: "tokyo", from: "2023-11-09" });
    address.settle({ from: "2023-11-09" });
    assert.deepEqual(place.entries, ["/?stop=amman", "/?from=2023-11-09"]);
  });

  it("lets nobody turn it back while Python has not answered", async () => {
    address.act({ stop: "tokyo" });
    await shown();
    page.isAhead = true;
    place.history.pushState({}, "", "/?stop=seoul");
    assert.equal(place.entries.at(-1), "/?stop=tokyo");
    page.isAhead = false;
    place.history.pushState({}, "", "/?stop=seoul");
    assert.equal(place.entries.at(-1), "/?stop=seoul");
  });

  it("is written as Python writes it, and keeps how the page is embedded", () => {
    assert.equal(searchOf({ view: "search", q: "a b~*é,(x)'!" }), "view=search&q=a+b~%2A%C3%A9%2C%28x%29%27%21");
    assert.equal(searchOf({ stop: "amman" }, "?embed=true&stop=tokyo&other=1"), "embed=true&stop=amman");
  });
});
