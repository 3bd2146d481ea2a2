/** The filters of the queue, as its address has them. */
export const FILTERS = ['state', 'severity', 'detector', 'sensor', 'source', 'port', 'muted', 'false_alarm', 'researcher'] as const;
export type AlertFilter = (typeof FILTERS)[number];

/** The address of the queue, changed as asked; null removes. Other pages' range and filters stay with it. */
export function alertLink(query: URLSearchParams, changes: Readonly<Record<string, string | null>>): string {
  const kept = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) kept.delete(name);
    else kept.set(name, value);
  }
  const text = kept.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');
  return text ? `/alerts?${text}` : '/alerts';
}

/** What the server is asked: what is open, unless the address says otherwise. */
export function asked(query: URLSearchParams, limit: number): URLSearchParams {
  const wanted = new URLSearchParams();
  const state = query.get('state') ?? 'open';
  if (state !== 'all') wanted.set('state', state);
  for (const name of FILTERS) {
    const value = query.get(name);
    if (!value || name === 'state') continue;
    if (name === 'source' && value.includes('/')) continue;
    wanted.set(name, name === 'port' ? value.replace(/^\w+\//, '') : value);
  }
  wanted.set('limit', String(limit));
  return wanted;
}

/** The part of the address that makes a search: its filters without the alert that is looked at. */
export function searchOf(query: URLSearchParams): string {
  const kept = new URLSearchParams();
  for (const name of FILTERS) {
    const value = query.get(name);
    if (value) kept.set(name, value);
  }
  return kept.toString();
}
