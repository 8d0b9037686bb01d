// Every part of the page, by the name under which Python (dashboard/ui/explore.py) and the exported page place it.

/** @import { Mount } from "../../types.d.ts" */

import { mount as countries } from "./countries.js";
import { mount as itinerary } from "./itinerary.js";
import { mount as nav } from "./nav.js";
import { mount as overview } from "./overview.js";
import { mount as people } from "./people.js";
import { mount as present } from "./present.js";
import { mount as reader } from "./reader.js";
import { mount as reset } from "./reset.js";
import { mount as stopPanel } from "./stop-panel.js";
import { mount as timeline } from "./timeline.js";
import { mount as view } from "./view.js";

/** @type {Record<string, Mount>} */
export const PARTS = {
  countries,
  itinerary,
  nav,
  overview,
  people,
  present,
  reader,
  reset,
  stop_panel: stopPanel,
  timeline,
  view,
};
