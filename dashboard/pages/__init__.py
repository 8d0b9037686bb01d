"""The HTML pages that the browser shows beside and above the map, one module a page; everything is escaped."""
