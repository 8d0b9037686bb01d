// The passages of a source that are used, as "start-end" in characters, in the order of the text.

/**
 * The used passage before (-1) or after (1) one that need not be used itself.
 *
 * @param {string[]} all
 * @param {string | undefined} passage
 * @param {number} direction
 * @returns {string | undefined}
 */
export function stepFrom(all, passage, direction) {
  const at = all.indexOf(passage ?? "");
  if (at >= 0) return all[at + direction];
  const start = passage ? startOf(passage) : -1;
  if (direction > 0) return all.find((item) => startOf(item) > start);
  return all.filter((item) => startOf(item) < start).at(-1);
}

/** @param {string} passage */
const startOf = (passage) => Number(passage.split("-")[0]);
