import type { ResearchMatch } from './types';

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
  /** The source, or how many there were. */
  s?: string;
  sources?: number | null;
  asn?: number | null;
  org?: string | null;
  f?: string | null;
  sensor: string;
}

export interface MapAnswer extends Answer {
  arcs: MapArc[];
  total: number;
}

export interface Summary extends Answer {
  packets: number;
  sources: number | null;
  destinations: number | null;
  flow_tuples: number;
  iot_share: number | null;
  per_address: number | null;
  classes: Record<string, number>;
  kinds: Record<string, number>;
  previous: { packets: number; sources: number | null } | null;
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
  sources: number | null;
  share: number | null;
}

export interface TopCountry {
  country: string;
  packets: number;
  sources: number | null;
  share: number | null;
}

export interface TopNetwork {
  asn: number;
  name: string | null;
  packets: number;
  sources: number | null;
  share: number | null;
}

export interface TopFamily {
  family: string;
  packets: number;
  sources: number | null;
  share: number | null;
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
  timeline: { range?: Answer['range']; step: number; times: number[]; packets: (number | null)[] };
  verdict: { en: string; ja: string };
  researcher: ResearchMatch | null;
}

export interface Sample {
  time: string;
  sensor: string;
  protocol: string;
  port: number;
  bytes: number;
  hex: string;
}

export interface Detail extends Partial<Answer> {
  summary: Summary;
  service?: string | null;
  name?: string | null;
  timeline: { range?: Answer['range']; step: number; times: number[]; series?: Series[]; packets?: (number | null)[]; gaps?: Gap[] };
  countries?: TopCountry[];
  networks?: TopNetwork[];
  families?: TopFamily[];
  sources?: TopSource[];
  ports?: TopPort[];
}

export interface FlowTuple {
  time: number | string;
  src_ip: string;
  dst_ip: string | null;
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
  addresses: number | null;
  packets?: number;
  dropped: number;
  reason: string | null;
}
