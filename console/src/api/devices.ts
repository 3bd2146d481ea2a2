/** Kinds of device; none named is unknown. */
export const DEVICE_KINDS = ['router', 'ip_camera', 'recorder', 'nas', 'android', 'windows', 'linux_server'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];
export type DeviceConfidence = 'none' | 'low' | 'medium';

export interface HostDevice {
  range: { from: string; to: string };
  partial: boolean;
  partial_reason?: string | null;
  redacted: boolean;
  address: string;
  kinds: DeviceKind[];
  confidence: DeviceConfidence;
  ranking: { kind: DeviceKind; points: number }[];
  because: { rule: string; points: Record<string, number>; en: string; ja: string }[];
  evidence: { feature: 'port' | 'mark' | 'initial_ttl' | 'window' | 'options' | 'length'; value: string; packets: number; of: number }[];
}

export interface Infected {
  source: string;
  country: string | null;
  kinds: DeviceKind[];
  confidence: DeviceConfidence;
  because: string[];
  detector: string;
  family: string | null;
  sensor: string;
  last: string;
}

export interface Devices {
  sources: number;
  unknown: number;
  kinds: { kind: DeviceKind; alone: number; among: number; medium: number }[];
  items: Infected[];
  partial: boolean;
  rules: { rule: string; en: string; ja: string }[];
}
