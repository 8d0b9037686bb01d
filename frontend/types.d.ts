/** The types that modules share; those of the data stand in schema.d.ts. */

import type { LegFacts, LegFeature, MapData, StopFacts, StopFeature, StopOnMap, Query as Words } from "./schema.d.ts";
import type { Connection } from "./src/core/connection.js";
import type { Keys } from "./src/core/keys.js";
import type { Pages } from "./src/core/pages.js";
import type { Store } from "./src/core/store.js";

export type { LegFeature, StopFeature };
export type Trip = MapData;
export type StopProperties = StopOnMap;
export type LegProperties = LegFacts;
export type Precision = StopFacts["precision"];
export type DayBasis = StopFacts["date_basis"];
/** A position of GeoJSON: degrees east, degrees north. */
export type Position = readonly [number, number];

export type Key = keyof Words;
/** A selection as the address bar has it; a missing key filters nothing. */
export type Query = Partial<Record<Key, string>>;
/** What an act changes; null lets go. */
export type Change = Partial<Record<Key, string | null>>;

export type Listener = (query: Query, trip: Trip) => void;
/** Tells Python: Streamlit's setTriggerValue. */
export type Report = (name: string, value: unknown) => void;
/** What Python tells: the query that it confirms, the act that this answers, whose session it is, where the data are. */
export interface Confirmation {
  base: string;
  session: string;
  echo: number;
  query: Query;
}
/** Ask the application for a path below the trip's data. */
export type Ask = (path: string) => Promise<Response>;

/** What a part of the page is given. */
export interface Page {
  store: Store;
  pages: Pages;
  keys: Keys;
  connection: Connection;
  /** Whether this is an exported page, which cannot search and cannot export. */
  exported: boolean;
}
/** Mounts a part in its place; returns what ends it. */
export type Mount = (root: HTMLElement, page: Page) => () => void;

/** How the map's frame, which is a document of its own, reaches the page. */
export interface Door {
  act(change: Change): void;
  subscribe(listener: Listener): () => void;
  visibleStops(): readonly StopFeature[];
  stopOf(id: string): StopFeature | undefined;
  foresee(id: string): void;
  keys(event: KeyboardEvent): void;
  /** Be told when the view is to be fitted to the stops that are shown; returns what ends it. */
  onFit(fit: () => void): () => void;
  /** Tell whether the view is another than that of the whole route. */
  moved(moved: boolean): void;
  isOn(option: string): boolean;
}

export interface Point {
  x: number;
  y: number;
}

declare global {
  interface Window {
    tripHub?: Door;
    tripLayer?: unknown;
    TripMap?: { start(map: import("leaflet").Map, assets: string): void };
  }
}
