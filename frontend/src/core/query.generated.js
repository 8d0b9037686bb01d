// The words of the query, as dashboard/selection.py has them.

export const KEYS = /** @type {const} */ ([
  "stop",
  "from",
  "to",
  "country",
  "person",
  "view",
  "q",
  "source",
  "passage",
  "slide",
]);
export const FILTERS = /** @type {const} */ (["from", "to", "country", "person"]);
export const VIEWS = /** @type {const} */ (["evidence", "sources", "search", "method", "present"]);
