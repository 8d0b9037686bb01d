// All tests in one process, which is what a run of thousands of mutants can bear.

import { readdirSync } from "node:fs";

const folder = new URL("../test/", import.meta.url);
for (const name of readdirSync(folder)) if (name.endsWith(".test.js")) await import(new URL(name, folder).href);
