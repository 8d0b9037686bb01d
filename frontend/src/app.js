// The entry under Streamlit: its component mounts each part of the page through `mount`.

import { mount, register } from "./hub.js";
import { PARTS } from "./parts/registry.js";

register(PARTS);

export { mount };
