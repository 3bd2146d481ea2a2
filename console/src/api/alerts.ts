export type Severity = 'low' | 'medium' | 'high';
export type AlertState = 'open' | 'acknowledged' | 'closed';
export type AlertAction = 'acknowledge' | 'close' | 'reopen' | 'false_alarm' | 'take_back_false_alarm';

/** A detection that somebody should look at. */
export interface Alert {
  id: string;
  revision: number;
  detector: string;
  sensor: string;
  source: string;
  traffic: string;
  kind: string;
  port: number;
  severity: Severity;
  summary: { en: string; ja: string };
  first: string;
  last: string;
  ended: boolean;
  state: AlertState;
  raised: string;
  handled_by: string | null;
  handled: string | null;
  note: string;
  mute: string | null;
  false_alarm: boolean;
  fields: Record<string, unknown>;
}

export interface AlertWhole {
  alert: Alert;
  deeds: { time: string; who: string; action: AlertAction; note: string }[];
}

export interface AlertCounts {
  open: number;
  open_by_detector: Record<string, number>;
  states: Partial<Record<AlertState, number>>;
  muted: number;
  false_alarms: Record<string, number>;
}

export interface Mute {
  id: string;
  detector: string | null;
  source: string | null;
  port: number | null;
  sensor: string | null;
  reason: string;
  made_by: string;
  made: string;
  until: string;
}

export interface SavedSearch {
  id: string;
  name: string;
  query: string;
}

export type ChannelName = 'mail' | 'webhook' | 'syslog';

export interface Subscription {
  id: string;
  channel: ChannelName;
  target: string;
  detectors: string[];
  severity: Severity;
  language: 'en' | 'ja';
  made: string;
  secret: string | null;
}

/** How the delivery of alerts stands. */
export interface Delivery {
  channels: ChannelName[];
  most_per_hour: number;
  deliveries: Partial<Record<'waiting' | 'sending' | 'sent' | 'summed' | 'skipped' | 'failed' | 'uncertain' | 'dropped', number>>;
  troubles: { channel: ChannelName; state: 'waiting' | 'failed' | 'uncertain' | 'dropped'; reason: string | null; made: string }[];
}
