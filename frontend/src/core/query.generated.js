// Written by `make schema` (dashboard/schema.py); changed there and in what it reads, not here.

/** The words of a link, in their order. */
export const KEYS = Object.freeze(["stop", "from", "to", "country", "person", "view", "q", "source", "passage", "slide"]);

/** Those that filter the stops. */
export const FILTERS = Object.freeze(["from", "to", "country", "person"]);

/** Every word with what it is where nothing is chosen. */
export const NOTHING = Object.freeze({"stop": null, "from": null, "to": null, "country": null, "person": null, "view": null, "q": null, "source": null, "passage": null, "slide": null});

/** The pages beside the map. */
export const VIEWS = Object.freeze(["evidence", "sources", "search", "method", "present"]);

/** Characters of a search that are used. */
export const MAX_WORDS = 200;
