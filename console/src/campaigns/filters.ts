import { t, type Key } from '../words';

/** The filters of the list, as its address has them. */
export const FILTERS = ['from', 'to', 'port', 'family', 'country'] as const;
export type CampaignFilter = (typeof FILTERS)[number];
export const STATES = ['active', 'quiet', 'merged', 'all'] as const;

/** The address of the list, changed as asked; null removes. */
export function campaignLink(query: URLSearchParams, changes: Readonly<Record<string, string | null>>): string {
  const kept = new URLSearchParams();
  for (const name of ['state', ...FILTERS]) {
    const value = name in changes ? changes[name] : query.get(name);
    if (value) kept.set(name, value);
  }
  const text = kept.toString().replaceAll('%2F', '/');
  return text ? `/campaigns?${text}` : '/campaigns';
}

/** A day as the server takes it: its first moment, or the first one after it. */
function moment(name: CampaignFilter, value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
  const start = new Date(`${value}T00:00:00Z`);
  if (name === 'to') start.setUTCDate(start.getUTCDate() + 1);
  return start.toISOString().replace('.000Z', 'Z');
}

/** What the server is asked. */
export function asked(query: URLSearchParams, limit: number): URLSearchParams {
  const wanted = new URLSearchParams();
  const state = query.get('state');
  if (state && state !== 'all') wanted.set('state', state);
  for (const name of FILTERS) {
    const value = query.get(name);
    if (value) wanted.set(name, moment(name, value));
  }
  wanted.set('limit', String(limit));
  return wanted;
}

export function stateWords(state: (typeof STATES)[number]): string {
  return t(`campaigns.state.${state}` satisfies Key);
}
