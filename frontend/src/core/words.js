// Words for counts, days and facts.

/** @import { StopProperties } from "../../types.d.ts" */

/** "1 stop", "2 stops". @param {number} count @param {string} word */
export const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });
const DAY_AND_YEAR = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** "4 November" or, with the year, "4 November 2023". @param {string} iso an ISO 8601 day @param {boolean} year */
export const dayWords = (iso, year = false) => (year ? DAY_AND_YEAR : DAY).format(Date.parse(iso));

/** "3 to 10 November 2023". @param {string} first an ISO 8601 day @param {string} last */
export function rangeWords(first, last) {
  if (first === last) return dayWords(first, true);
  if (first.slice(0, 7) === last.slice(0, 7)) return `${Number(first.slice(8))} to ${dayWords(last, true)}`;
  return `${dayWords(first, first.slice(0, 4) !== last.slice(0, 4))} to ${dayWords(last, true)}`;
}

const BASIS = { stated: "", inferred: " (inferred)", "dated-line": " (document date)" };

/** When a stop was, and how that is known. @param {StopProperties} stop */
export const daysOf = ({ short_days, date_basis }) => short_days + (BASIS[date_basis] ?? "");

/** "Amman, Jordan"; a country is named once. @param {StopProperties} stop */
export const placeOf = ({ name, country }) => (name === country ? name : `${name}, ${country}`);

/** How many meetings and quotes a stop has; nothing is said of what it has none of. @param {StopProperties} stop */
export const countsOf = ({ meeting_count = 0, quote_count = 0 }) => [
  ...(meeting_count ? [plural(meeting_count, "meeting")] : []),
  ...(quote_count ? [plural(quote_count, "quote")] : []),
];
