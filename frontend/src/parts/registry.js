// Every part of the page by the name under which Python and the exported page place it.

import { mount as countries } from "../countries.js";
import { mount as itinerary } from "../itinerary.js";
import { mount as nav } from "../nav.js";
import { mount as overview } from "../overview.js";
import { mount as stopPanel } from "../panel.js";
import { mount as people } from "../people.js";
import { mount as present } from "../present.js";
import { mount as reader } from "../reader.js";
import { mount as reset } from "../reset.js";
import { mount as timeline } from "../timeline.js";
import { mount as view } from "../view.js";

export const PARTS = { countries, itinerary, nav, overview, people, present, reader, reset, stop_panel: stopPanel, timeline, view };
