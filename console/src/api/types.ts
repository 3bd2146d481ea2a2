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

/** Whose research scanner a source is, by the operator's file. */
export interface ResearchMatch {
  name: string;
  reference: string;
  matched_by: string;
}

export interface Detection {
  id: string;
  detector: string;
  sensor: string;
  source: string;
  traffic: string;
  kind: 'scan' | 'backscatter' | 'other' | '';
  port: number;
  first: string;
  last: string;
  ended: boolean;
  aggressive: boolean;
  researcher: ResearchMatch | null;
  /** By its detector: those of all, then by detector. */
  fields: {
    packets: number;
    destinations: number;
    rate?: number;
    estimated?: boolean;
    coverage?: number;
    aggressive_by?: ('coverage' | 'packets')[];
    order?: VisitOrder;
    distinct_ports?: number;
    family?: string;
    confidence?: 'low' | 'medium' | 'high';
    share?: number;
    matches?: Record<string, number>;
    shape?: 'vertical' | 'horizontal' | 'both';
    tools?: string[];
    attack?: Attack;
    ports?: Record<string, number>;
    peak?: number;
    rate_error?: number;
    organisation?: string;
    organisation_name?: string;
    grade?: Grade;
    cause?: Cause;
    evidence?: string[];
    against?: string[];
    minutes?: number;
    what?: string;
    observed?: number;
    expected?: number;
    ratio?: number;
    score?: number;
    sources?: number;
    new?: boolean;
    countries?: Record<string, number>;
    methods?: string[];
    members?: string[];
    families?: Record<string, number>;
  };
}

/** How well packets show that a machine of an organisation scans. */
export type Grade = 'unproven' | 'possible' | 'probable' | 'strong';

/** What most likely makes it send. */
export type Cause = 'scan' | 'backscatter' | 'misconfiguration' | 'unclear';

export interface Organisation {
  id: string;
  name: string;
  /** Null for who may not see them. */
  prefixes: string[] | null;
  as_numbers: number[] | null;
  valid_from: string;
}

/** What is to be said about a row that was sent. */
export interface RowNote {
  line: number;
  column: string | null;
  reason: string;
  remedy: string | null;
}

export interface Registered {
  stored: boolean;
  organisations: number;
  notes: RowNote[];
}

/** An organisation's machines, each counted once, by its highest grade. */
export interface OwnMachines {
  organisation: string;
  name: string;
  machines: number;
  active: number;
  grades: Partial<Record<Grade, number>>;
  causes: Partial<Record<Cause, number>>;
  last: string;
}

/** A machine's detection; without its address for viewers. */
export interface Strike {
  id: string | null;
  source: string | null;
  organisation: string;
  grade: Grade;
  cause: Cause;
  port: number;
  traffic: string;
  packets: number;
  first: string;
  last: string;
  ended: boolean;
}

export interface Rings {
  items: OwnMachines[];
  strikes: Strike[];
  partial: boolean;
}

/** How a scanner visits addresses. */
export type VisitOrder = 'sequential' | 'permuted' | 'random' | 'repeated' | 'unknown';

/** What a victim is flooded with, by most of its answers. */
export type Attack = 'syn_flood' | 'tcp_reset' | 'ping_flood' | 'icmp_error' | 'dns' | 'mixed';

export interface Sensor {
  name: string;
  place: string | null;
  latitude: number | null;
  longitude: number | null;
  origin: 'live' | 'recording' | 'demo';
  state: 'running' | 'ended' | 'failed' | 'stopped';
  detail: string | null;
  dark_addresses: number | null;
  prefixes: string[] | null;
  event_time: string | null;
  lag_seconds: number | null;
  packets: number;
  outside: number;
  refused: number;
  dropped: number;
  ring_full: number;
  damaged: number;
  saturated_minutes: number;
  clock: 'hardware' | 'kernel' | null;
  files: Record<string, number> | null;
  remote: Remote | null;
  cluster: { last_minute: string | null; rate: number } | null;
}

/** How it goes with a Flink cluster's results. */
export interface Scale {
  results: string | null;
  trouble: string | null;
  caught_up: string | null;
  lag_seconds: number | null;
  detections: number;
  rollups: number;
  refused: Record<string, number>;
  refusal: string | null;
}

/** What more there is to know of a sensor apart from the tower. */
export interface Remote {
  version: string;
  incarnation: string;
  started: string;
  heard: string;
  last_batch: string | null;
  batches: number;
  refused: number;
  waiting_parts: number;
  waiting_bytes: number;
  kernel_drops: number;
  own_drops: number;
  spool_drops: number;
  refused_parts: number;
  live_drops: number;
  skipped: Record<string, number>;
  skew_seconds: number | null;
  round_trip_seconds: number | null;
}

export interface IotPort {
  protocol: string;
  port: number;
  service: string;
  reason: string;
  reason_ja: string;
}

/** Bytes by part of the data directory. */
export type StorageParts = Record<'archive' | 'segments' | 'query_database' | 'control' | 'geolocation', number>;

export interface Status {
  version: string;
  demo: boolean;
  geo: { state: 'full' | 'country' | 'network' | 'none'; detail: string | null; date: string | null };
  sensors: Sensor[];
  storage: { bytes: number; parts: StorageParts; free_bytes: number; oldest: string | null; retention_days: number | null; trouble?: string | null };
  open: boolean;
  iot_ports: IotPort[];
  scale: Scale | null;
}

export interface Family {
  name: string;
  label: string;
  generation: string | null;
  rule?: string | null;
  experimental?: boolean;
  reference: string | null;
  chance: number | null;
}

export interface Catalogue {
  classes: { id: string }[];
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
  /** Event time of the last packet: RFC 3339 or milliseconds; 0 when there was none. */
  time: string | number;
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

export * from './alerts';
export * from './answers';
export * from './campaigns';

export interface Person {
  id: string | number;
  name: string;
  role: Role;
  created: string;
  last_seen: string | null;
  disabled: boolean;
}

export interface SensorKey {
  id: string;
  sensor: string;
  label: string;
  made_by?: string;
  created?: string;
  expires: string | null;
  last_used?: string | null;
  key?: string;
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
