/** A text in both languages, made by the server. */
export interface Words {
  en: string;
  ja: string;
}

export type CampaignState = 'active' | 'quiet' | 'merged';

/** A day as people write it in UTC: 2026-03-14. */
export type Day = string;

/** Sources grouped by behaviour over days. */
export interface Campaign {
  id: string;
  /** What an analyst calls it; null until somebody gave it a name. */
  name: string | null;
  /** What the program calls it. */
  label: string;
  sensor_kind: 'live' | 'recording' | 'demo';
  state: CampaignState;
  first_day: Day;
  last_day: Day;
  /** Days on which it was seen. */
  days: number;
  /** Distinct sources over all days. */
  sources: number;
  /** Sources on its last day. */
  sources_last: number;
  /** The most sources on a day. */
  peak: number;
  packets: number;
  ports: string[];
  families: string[];
  countries: string[];
  /** Its last days, at most 30. */
  growth: { day: Day; sources: number }[];
}

export interface CampaignDay {
  day: Day;
  sources: number;
  /** Of those, the ones that were not in it before. */
  new_sources: number;
  /** Sources of the day before that are gone. */
  gone_sources: number;
  packets: number;
}

/** How much of a campaign has something: a port, a family, a country, a network. */
export interface CampaignShare {
  key: string;
  /** What people call it, where it has a name. */
  name: string | null;
  /** Packets of a port; else sources. */
  count: number;
  /** 0 to 1. */
  share: number;
}

/** What another campaign is called, where it is spoken of. */
export interface CampaignNamed {
  id: string;
  name: string | null;
  label: string;
  first_day: Day;
  last_day: Day;
}

/** A part that came or went. */
export interface Lineage {
  day: Day;
  kind: 'split_from' | 'split_into' | 'merged_from' | 'merged_into';
  /** Null when it has aged away. */
  other: CampaignNamed | null;
  sources: number;
}

export interface SimilarCampaign {
  campaign: CampaignNamed;
  /** 0 to 1. */
  likeness: number;
}

/** What may be said of what is behind it, as far as the evidence goes. */
export interface Attribution {
  statement: string;
  text: Words;
  confidence: string;
  evidence: CampaignSign[];
  /** What speaks against it. */
  against: CampaignSign[];
  /** The words of the scale, weakest first. */
  scale: { id: string; word: Words; meaning: Words }[];
}

export interface CampaignSign {
  key: string;
  value: number;
  detail: string;
  text: Words;
}

export interface Dossier {
  campaign: Campaign;
  note: string;
  named_by: string | null;
  named: string | null;
  growth: CampaignDay[];
  ports: CampaignShare[];
  families: CampaignShare[];
  countries: CampaignShare[];
  networks: CampaignShare[];
  lineage: Lineage[];
  similar: SimilarCampaign[];
  /** Null when its days have aged away. */
  attribution: Attribution | null;
}

export interface CampaignMember {
  /** Null where the reader may not see whose machine it is. */
  source: string | null;
  country: string;
  asn: number | null;
  network: string | null;
  first_day: Day;
  last_day: Day;
  days: number;
  packets: number;
}

/** A page of campaigns, and how far they are made. */
export interface Campaigns {
  items: Campaign[];
  next: string | null;
  last_day: Day | null;
  /** Why days wait to be looked at, as a sentence; null when all is well. */
  trouble: string | null;
}

export interface CampaignMembers {
  items: CampaignMember[];
  next: string | null;
}
