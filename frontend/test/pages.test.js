import assert from "node:assert/strict";
import { test } from "node:test";
import { PATHS, Pages } from "../src/core/pages.js";

/** @param {(path: string) => Promise<any>} answer */
function pagesOf(answer) {
  const asked = /** @type {string[]} */ ([]);
  let doubts = 0;
  const pages = new Pages({
    ask: (path) => {
      asked.push(path);
      return answer(path);
    },
    address: (path) => `/trip/1/${path}`,
    doubt: () => {
      doubts += 1;
    },
  });
  return { pages, asked, doubts: () => doubts };
}

const found = async (/** @type {string} */ path) => new Response(`page ${path}`);

test("a page is asked for once", async () => {
  const { pages, asked } = pagesOf(found);
  assert.equal(await pages.get("a.html"), "page a.html");
  assert.equal(await pages.get("a.html"), "page a.html");
  pages.foresee("calder");
  pages.foresee(undefined);
  await pages.get(PATHS.stop("calder"));
  assert.deepEqual(asked, ["a.html", "stop/calder.html"]);
});

test("what failed is asked for again, and says what to do", async () => {
  let ok = false;
  const { pages, asked, doubts } = pagesOf(async () => new Response("", { status: ok ? 200 : 404 }));
  await assert.rejects(pages.get("a.html"), { message: "This page could not be fetched (404); reload the page." });
  ok = true;
  await pages.get("a.html");
  assert.equal(asked.length, 2);
  assert.equal(doubts(), 0);
});

test("where nothing answers the connection is doubted", async () => {
  const { pages, doubts } = pagesOf(() => Promise.reject(new TypeError("no way")));
  await assert.rejects(pages.get("a.html"), { message: /does not answer/ });
  assert.equal(doubts(), 1);
  pages.foresee("calder"); // fails without a word
  await new Promise((resolve) => setTimeout(resolve));
});

test("the last four hundred are kept", async () => {
  const { pages, asked } = pagesOf(found);
  for (let n = 0; n < 401; n += 1) await pages.get(`${n}.html`);
  await pages.get("1.html");
  assert.equal(asked.length, 401);
  await pages.get("0.html");
  assert.equal(asked.length, 402);
});

test("a path names what it shows, and the filters where it follows them", () => {
  const query = { stop: "calder", country: "GB", q: "sea" };
  assert.equal(PATHS.stop("a b/c"), "stop/a%20b%2Fc.html");
  assert.equal(PATHS.person("tom"), "person/tom.html");
  assert.equal(PATHS.source("log"), "source/log.html");
  assert.equal(PATHS.slide("calder"), "slide/calder.html");
  assert.equal(PATHS.opening(query), "opening.html?country=GB");
  assert.equal(PATHS.closing({}), "closing.html?");
  assert.equal(PATHS.evidence(query), "evidence.html?country=GB");
  assert.equal(PATHS.search(query), "search.html?q=sea&country=GB");
  assert.deepEqual([PATHS.sources(), PATHS.method()], ["sources.html", "method.html"]);
  assert.equal(PATHS.file("csv", query), "export/csv?country=GB");
});
