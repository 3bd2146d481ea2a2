/** The answers of the server, as its description gives them. */
export type Role = 'public' | 'viewer' | 'analyst' | 'administrator';

export interface Session {
  signed_in: boolean;
  name: string | null;
  role: Role | null;
  csrf: string | null;
  setup: boolean;
  demo: boolean;
  open: boolean;
}

export interface Sensor {
  name: string;
  place: string | null;
  latitude: number | null;
  longitude: number | null;
  origin: 'live' | 'recording' | 'demo';
  state: 'running' | 'ended' | 'failed' | 'stopped';
  detail: string | null;
  dark_addresses: number;
  prefixes: string[] | null;
  event_time: string | null;
  lag_seconds: number | null;
  packets: number;
  dropped: number;
  saturated_minutes: number;
}

export interface IotPort {
  protocol: string;
  port: number;
  service: string;
  reason: string;
  reason_ja: string;
}

export interface Status {
  version: string;
  demo: boolean;
  geo: { state: 'full' | 'country' | 'none'; detail: string | null; date: string | null };
  sensors: Sensor[];
  storage: { bytes: number; free_bytes: number; oldest: string | null; retention_days: number | null };
  open: boolean;
  iot_ports: IotPort[];
}

export interface Family {
  name: string;
  label: string;
  generation: string | null;
  reference: string | null;
  chance: number | null;
}

export interface Catalogue {
  classes: { id: string; label: string }[];
  families: Family[];
}

export interface Packet {
  t: number;
  c: number;
  p: number;
  proto: number;
  s: string;
  lat: number | null;
  lon: number | null;
  cc: string | null;
  city: string | null;
  asn: number | null;
  org: string | null;
  f: string | null;
  d: number;
}

export interface Packets {
  time: string;
  seen: number;
  drawn: number;
  packets: Packet[];
}

export interface Counters {
  today: number;
  year: number;
  sources_today: number;
  iot_share: number | null;
  rate: number;
  by_class: number[];
  per_address_today: number | null;
  saturated: boolean;
  sensors: { name: string; state: Sensor['state']; lag_seconds: number | null; rate: number; dropped: number }[];
}

export interface Notice {
  level: 'info' | 'warning' | 'error';
  text: string;
  text_ja: string;
}

/** What every analysis answer says about itself. */
export interface Answer {
  range: { from: string; to: string };
  partial: boolean;
  partial_reason?: string | null;
  redacted: boolean;
}

export interface MapArc {
  cc: string | null;
  lat: number | null;
  lon: number | null;
  c: number;
  p: number;
  proto: number;
  packets: number;
  sources: number;
  sensor: string;
}

export interface MapAnswer extends Answer {
  arcs: MapArc[];
  total: number;
}

export interface Summary extends Answer {
  packets: number;
  sources: number;
  destinations: number;
  flow_tuples: number;
  iot_share: number | null;
  per_address: number | null;
  classes: Record<string, number>;
  kinds: Record<string, number>;
  previous: { packets: number; sources: number } | null;
}

export interface Series {
  key: string;
  packets: (number | null)[];
  sources: (number | null)[] | null;
}

export interface Gap {
  from: string;
  to: string;
  sensor: string;
  reason: string;
}

export interface TimelineAnswer extends Answer {
  step: number;
  times: number[];
  series: Series[];
  gaps: Gap[];
}

export interface List<T> extends Answer {
  items: T[];
  next: string | null;
}

export interface TopPort {
  protocol: string;
  port: number;
  service: string | null;
  iot: boolean;
  packets: number;
  sources: number;
  share: number;
}

export interface TopCountry {
  country: string;
  packets: number;
  sources: number;
  share: number;
}

export interface TopNetwork {
  asn: number;
  name: string | null;
  packets: number;
  sources: number;
  share: number;
}

export interface TopFamily {
  family: string;
  packets: number;
  sources: number;
  share: number;
}

export interface TopSource {
  address: string;
  country: string | null;
  city: string | null;
  asn: number | null;
  organisation: string | null;
  packets: number;
  ports: number;
  families: string[];
  first: string;
  last: string;
}

export interface Host extends Answer {
  address: string;
  country: string | null;
  city: string | null;
  latitude: number | null;
  longitude: number | null;
  asn: number | null;
  organisation: string | null;
  first: string | null;
  last: string | null;
  packets: number;
  destinations: number;
  classes: Record<string, number>;
  kinds: Record<string, number>;
  families: { name: string; packets: number; matched: number; certain: boolean }[];
  ports: { protocol: string; port: number; service: string | null; packets: number }[];
  sensors: string[];
  timeline: { step: number; times: number[]; packets: (number | null)[] };
  verdict: { en: string; ja: string };
}

export interface Sample {
  time: string;
  sensor: string;
  protocol: string;
  port: number;
  bytes: number;
  hex: string;
}

export interface Detail extends Answer {
  summary: Summary;
  service?: string | null;
  name?: string | null;
  timeline: { step: number; times: number[]; series?: Series[]; packets?: (number | null)[]; gaps?: Gap[] };
  countries?: TopCountry[];
  networks?: TopNetwork[];
  families?: TopFamily[];
  sources?: TopSource[];
  ports?: TopPort[];
}

export interface FlowTuple {
  time: number | string;
  src_ip: string;
  dst_ip: string;
  src_port: number;
  dst_port: number;
  protocol: number;
  ttl: number;
  tcp_flags: number;
  ip_len: number;
  packet_cnt: number;
  [more: string]: unknown;
}

export interface Found {
  kind: 'host' | 'prefix' | 'port' | 'network' | 'country';
  label: string;
  to: string;
}

export interface LedgerRow {
  sensor: string;
  from: string;
  to: string | null;
  state: string;
  addresses: number;
  dropped: number;
  reason: string | null;
}

export interface Person {
  id: string | number;
  name: string;
  role: Role;
  created: string;
  last_seen: string | null;
  disabled: boolean;
}

export interface ApiKey {
  id: string | number;
  label: string;
  role: Role;
  created?: string;
  last_used?: string | null;
  key?: string;
}

export interface AuditRow {
  time: string;
  who: string | null;
  action: string;
  what: string | null;
  from_address: string | null;
}
