import { address, go } from './address.svelte';
import { status } from './status.svelte';

/** The shared view: one time range and one set of filters, kept in the address bar. */
export const FILTERS = ['sensor', 'class', 'port', 'country', 'asn', 'family', 'source'] as const;
export type Filter = (typeof FILTERS)[number];

/** The ranges a person picks from, in seconds. */
export const SPANS: Readonly<Record<string, number>> = {
  '1h': 3_600,
  '6h': 21_600,
  '24h': 86_400,
  '7d': 604_800,
  '30d': 2_592_000,
};
const USUAL = '24h';

export interface Range {
  readonly from: Date;
  readonly to: Date;
  /** The name of a range that moves with time; null when both ends are fixed. */
  readonly name: string | null;
}

function parsed(text: string | null): Date | null {
  const time = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? null : new Date(time);
}

class View {
  readonly filters = $derived(FILTERS.map((name) => ({ name, value: address.query.get(name) })).filter((each) => each.value));
  readonly #fixed = $derived(fixedRange(address.query));
  readonly #name = $derived(spanName(address.query));
  readonly range: Range = $derived.by(() => {
    if (this.#fixed) return this.#fixed;
    const to = status.eventTime;
    return { from: new Date(to.getTime() - SPANS[this.#name]! * 1000), to, name: this.#name };
  });
  readonly classes = $derived(new Set((address.query.get('class') ?? '').split(',').filter(Boolean)));

  /** True once the newest event time is known, so that a range that moves with it can be asked for. */
  readonly known = $derived(this.#fixed !== null || status.now !== null);

  value(name: Filter): string | null {
    return address.query.get(name);
  }
}

function fixedRange(query: URLSearchParams): Range | null {
  const from = parsed(query.get('from'));
  const to = parsed(query.get('to'));
  return from && to && from < to ? { from, to, name: null } : null;
}

function spanName(query: URLSearchParams): string {
  const name = query.get('range') ?? USUAL;
  return name in SPANS ? name : USUAL;
}

export const view = new View();

/** The shared part of the address: range and filters, changed as asked; null removes. */
function shared(changes: Readonly<Record<string, string | null>> = {}): URLSearchParams {
  const kept = new URLSearchParams();
  for (const name of ['range', 'from', 'to', ...FILTERS, 'map']) {
    const value = name in changes ? changes[name] : address.query.get(name);
    if (value) kept.set(name, value);
  }
  return kept;
}

/** The address of a page that keeps range and filters. What the path asks for itself comes first. */
export function link(to: string, changes: Readonly<Record<string, string | null>> = {}): string {
  const [path = '', own = ''] = to.split('?');
  const query = shared({ ...Object.fromEntries(new URLSearchParams(own)), ...changes }).toString().replaceAll('%2C', ',').replaceAll('%2F', '/').replaceAll('%3A', ':');
  return query ? `${path}?${query}` : path;
}

/** The address of this page with a filter set, or taken off with null. */
export function filtered(name: Filter, value: string | null): string {
  return link(address.path, { [name]: value });
}

export function pickSpan(name: string): void {
  go(link(address.path, { range: name === USUAL ? null : name, from: null, to: null }));
}

export function pickRange(from: Date, to: Date): void {
  const whole = (time: Date) => new Date(Math.round(time.getTime() / 1000) * 1000).toISOString().replace('.000Z', 'Z');
  go(link(address.path, { range: null, from: whole(from), to: whole(to) }));
}

/** Adds or takes a class off the shared filter. */
export function toggleClass(id: string): void {
  const chosen = new Set(view.classes);
  if (!chosen.delete(id)) chosen.add(id);
  go(filtered('class', [...chosen].join(',') || null));
}

/** What an analysis call is asked with: the range to the second, and the filters. */
export function asked(extra: Readonly<Record<string, string | number>> = {}): URLSearchParams {
  const query = new URLSearchParams();
  query.set('from', stamp(view.range.from));
  query.set('to', stamp(view.range.to));
  for (const { name, value } of view.filters) query.set(name, value!);
  for (const [name, value] of Object.entries(extra)) query.set(name, String(value));
  return query;
}

export function stamp(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}
