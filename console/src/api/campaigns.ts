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
  label: Words;
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
  packets: number;
}

/** How much of a campaign has something: a port, a family, a country, a network. */
export interface CampaignShare {
  key: string;
  /** What people call it, where it has a name. */
  name: string | null;
  sources: number;
  /** Of all its sources, or of what there is of it on its last day; 0 to 1. */
  share: number;
}

/** A campaign that another one came from or went into. */
export interface Lineage {
  day: Day;
  kind: 'split_from' | 'split_into' | 'merged_from' | 'merged_into';
  other: string;
  name: string | null;
  label: Words;
  /** Sources that both have in common on that day. */
  sources: number;
}

export interface SimilarCampaign {
  id: string;
  name: string | null;
  label: Words;
  first_day: Day;
  last_day: Day;
  /** 0 to 1. */
  similarity: number;
}

/** Who or what is behind it, as far as the evidence goes. */
export interface Attribution {
  statement: Words;
  confidence: string;
  evidence: Words[];
  /** What speaks against it, or is not known. */
  against: Words[];
  /** The words of the scale, weakest first. */
  scale: { id: string; word: Words; meaning: Words }[];
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
  attribution: Attribution;
}

export interface CampaignMember {
  /** Null where the reader may not see whose machine it is. */
  source: string | null;
  country: string;
  asn: number;
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
