// Written by `make schema` (dashboard/schema.py); changed there and in what it reads, not here.

export type View = "evidence" | "sources" | "search" | "method" | "present";

/** The selection as the address bar has it; what is missing or null filters nothing. */
export interface Query {
  stop?: string | null;
  from?: string | null;
  to?: string | null;
  country?: string | null;
  person?: string | null;
  view?: View | null;
  q?: string | null;
  source?: string | null;
  passage?: string | null;
  slide?: string | null;
}

export interface MapData {
  title: string;
  traveller: string;
  first: string;
  last: string;
  activity: Readonly<Record<string, Readonly<Record<string, number>>>>;
  countries: Readonly<Record<string, string>>;
  people: ReadonlyArray<PersonOnMap>;
  shapes: ReadonlyArray<string>;
  stops: Stops;
  legs: Legs;
  overview: string;
  exports?: ReadonlyArray<FileFormat>;
}

export interface StopFacts {
  id: string;
  number: string;
  name: string;
  country: string;
  country_code: string;
  place: string;
  arrive: string | null;
  depart: string | null;
  first_day: string | null;
  last_day: string | null;
  days: string;
  short_days: string;
  date_basis: "stated" | "inferred" | "dated-line";
  date_reason: string | null;
  depart_basis: "stated" | "inferred" | null;
  depart_reason: string | null;
  order_basis: "stated" | "inferred";
  order_reason: string | null;
  status: "visited" | "announced" | "reported" | "disputed";
  status_words: string;
  status_reason: string;
  verdict: string;
  precision: "venue" | "city" | "country";
  located_as: "venue" | "city" | "country" | null;
  located_by: string | null;
  lat: number | null;
  lon: number | null;
  people: ReadonlyArray<string>;
  meetings: ReadonlyArray<string>;
  meeting_count: number;
  quote_count: number;
  difference_count: number;
  in_question: ReadonlyArray<string>;
  headline: string | null;
  lead: string | null;
  lead_speaker: string | null;
  lead_caveat: string | null;
  shown: ReadonlyArray<Fact>;
}

export interface PersonOnMap {
  id: string;
  name: string;
  label: string;
}

export interface Stops {
  type: "FeatureCollection";
  features: ReadonlyArray<StopFeature>;
}

export interface Legs {
  type: "FeatureCollection";
  features: ReadonlyArray<LegFeature>;
}

export interface FileFormat {
  name: string;
  label: string;
}

export interface Fact {
  key: string;
  label: string;
  value: string | number;
  words: string;
}

export interface StopFeature {
  type: "Feature";
  id: string;
  geometry: Point | null;
  properties: StopOnMap;
}

export interface LegFeature {
  type: "Feature";
  geometry: MultiLineString;
  properties: LegFacts;
}

export interface Point {
  type: "Point";
  coordinates: readonly [number, number];
}

export interface MultiLineString {
  type: "MultiLineString";
  coordinates: ReadonlyArray<ReadonlyArray<readonly [number, number]>>;
}

export interface LegFacts {
  number: number;
  from: string;
  to: string;
  km: number;
  inferred: boolean;
  reason: string | null;
  planned: boolean;
}

type Told<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** The facts of a stop that the browser knows; `shown` are more of them, as clauses. */
export type StopOnMap = Pick<StopFacts, "number" | "name" | "country" | "country_code" | "short_days" | "date_basis" | "status" | "precision" | "verdict"> &
  Told<Pick<StopFacts, "first_day" | "last_day" | "date_reason" | "people" | "difference_count" | "in_question" | "meetings" | "meeting_count" | "quote_count" | "lead" | "lead_speaker" | "lead_caveat">> & { shown?: readonly string[] };
