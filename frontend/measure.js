// How large modules and functions are: `node measure.js`. Fails where a module or the functions have grown too large.
//
// A function is a declaration, a method, or one with a name of its own; small callbacks are part of what they stand in.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "acorn";

const MOST = { module: 250, median: 8, p90: 25 };
const root = fileURLToPath(new URL("src", import.meta.url));

/** @typedef {import("acorn").Node & Record<string, any>} Node */

const FUNCTIONS = ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"];
const NAMED = ["MethodDefinition", "PropertyDefinition", "Property", "VariableDeclarator"];

/** The lengths in lines of the functions below a node. @param {Node} node @returns {number[]} */
function lengths(node, named = false) {
  const own = node.type === "FunctionDeclaration" || (named && FUNCTIONS.includes(node.type));
  const inner = Object.values(node)
    .flat()
    .filter((child) => typeof child?.type === "string")
    .flatMap((child) => lengths(child, NAMED.includes(node.type)));
  return own ? [linesOf(node), ...inner] : inner;
}

/** @param {Node} node */
const linesOf = ({ loc }) => (loc ? loc.end.line - loc.start.line + 1 : 0);

/** @param {string} path */
function measured(path) {
  const text = readFileSync(join(root, path), "utf8");
  const tree = parse(text, { ecmaVersion: "latest", sourceType: "module", locations: true });
  return { path, lines: text.split("\n").length - 1, functions: lengths(tree) };
}

/** @param {number[]} sorted @param {number} share */
const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".js"));
const modules = paths.map(measured).sort((a, b) => b.lines - a.lines);
const sorted = modules.flatMap(({ functions }) => functions).sort((a, b) => a - b);
const figures = {
  modules: modules.length,
  lines: modules.reduce((sum, { lines }) => sum + lines, 0),
  largest: `${modules[0]?.path}, ${modules[0]?.lines} lines`,
  functions: sorted.length,
  median: quantile(sorted, 0.5),
  p90: quantile(sorted, 0.9),
  most: quantile(sorted, 1),
};
console.log(
  Object.entries(figures)
    .map(([name, figure]) => `${name}: ${figure}`)
    .join("\n"),
);
const tooLarge = (modules[0]?.lines ?? 0) > MOST.module || figures.median > MOST.median || figures.p90 > MOST.p90;
if (tooLarge) throw new Error(`Too large; allowed are ${JSON.stringify(MOST)} lines.`);
