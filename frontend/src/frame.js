// The entry inside the folium map's frame, whose own script makes the map and calls TripMap.start.

import { start } from "./map.js";

window.TripMap = { start };
