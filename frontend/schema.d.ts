/** What the application sends of a trip (map.json). */

export type Status = "visited" | "announced" | "reported" | "disputed";
export type Precision = "venue" | "city" | "country";
export type DayBasis = "stated" | "inferred" | "dated-line";

/** A position of GeoJSON: degrees east, degrees north. */
export type Position = [number, number];

/** What is told of a stop; what is empty is left out. */
export interface StopProperties {
  number: string;
  name: string;
  country: string;
  country_code: string;
  first_day?: string;
  last_day?: string;
  short_days: string;
  date_basis: DayBasis;
  date_reason?: string;
  status: Status;
  precision: Precision;
  people?: string[];
  difference_count?: number;
  meetings?: string[];
  meeting_count?: number;
  quote_count?: number;
  lead?: string;
  lead_speaker?: string;
  lead_caveat?: string;
  verdict: string;
  shown?: string[];
}

export interface StopFeature {
  type: "Feature";
  id: string;
  geometry: { type: "Point"; coordinates: Position } | null;
  properties: StopProperties;
}

export interface LegProperties {
  number: number;
  from: string;
  to: string;
  km: number;
  inferred: boolean;
  reason: string | null;
  planned: boolean;
}

export interface LegFeature {
  type: "Feature";
  geometry: { type: "MultiLineString"; coordinates: Position[][] };
  properties: LegProperties;
}

export interface Trip {
  title: string;
  traveller: string;
  first: string;
  last: string;
  activity: Record<string, number>;
  countries: Record<string, string>;
  people: { id: string; name: string; label: string }[];
  shapes: string[];
  stops: { type: "FeatureCollection"; features: StopFeature[] };
  legs: { type: "FeatureCollection"; features: LegFeature[] };
  exports?: { name: string; label: string }[];
  overview: string;
}
