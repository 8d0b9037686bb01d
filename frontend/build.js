// Bundles the entries and the style sheets into the folder that the dashboard serves: `node build.js FOLDER`.
//
// hatch_build.py runs it. Pictures that a style sheet names become part of it, so nothing else is asked for.

import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** What is copied as it is: name here -> place in node_modules. The licences go with the code and the shapes. */
const COPIES = {
  "countries-50m.json": "world-atlas/countries-50m.json",
  "world-atlas.LICENSE": "world-atlas/LICENSE",
  "leaflet.LICENSE": "leaflet/LICENSE",
  "topojson-client.LICENSE": "topojson-client/LICENSE",
};

const root = fileURLToPath(new URL(".", import.meta.url));
const outdir = process.argv[2];
if (!outdir) throw new Error("Expected the folder to write to: node build.js FOLDER");

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  charset: /** @type {const} */ ("utf8"),
  target: "es2022",
  logLevel: /** @type {const} */ ("warning"),
  outdir,
};

// Streamlit's component imports the application's entry; the others are plain scripts.
await build({ ...common, entryPoints: ["src/app.js"], format: "esm" });
await build({ ...common, entryPoints: ["src/frame.js", "src/standalone.js", "src/theme.js"], format: "iife" });
await build({
  ...common,
  entryPoints: ["styles/page.css", "styles/frame.css", "styles/standalone.css"],
  loader: { ".png": "dataurl" },
});
cpSync(join(root, "styles", "tokens.css"), join(outdir, "tokens.css")); // dashboard/tokens.py reads it
for (const [name, source] of Object.entries(COPIES)) cpSync(join(root, "node_modules", source), join(outdir, name));
