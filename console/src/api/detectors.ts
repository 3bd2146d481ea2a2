/** How well a detector, or a simpler way beside it, found what was true in made-up traffic. */
export interface MeasuredRow {
  what: 'scan_events' | 'hourly_packets' | 'victims' | 'hourly_answers' | 'own_machines' | 'own_by_scans' | 'groups' | 'groups_by_surges';
  detectors: string[];
  baseline: boolean;
  truths: number;
  told: number;
  precision: number;
  recall: number;
  delay_seconds: number;
  daily_false_alarms: number;
}

export interface DetectorParameter {
  name: string;
  unit: string;
  unit_ja: string;
  value: number;
  standard: number;
  least: number;
  most: number;
  meaning: string;
  meaning_ja: string;
}

export interface Detector {
  id: string;
  version: number;
  meaning: string;
  meaning_ja: string;
  source: string;
  parameters: DetectorParameter[];
  measured: MeasuredRow[];
}

export interface Detectors {
  items: Detector[];
  measured: string;
  seed: number;
  days: number;
}
