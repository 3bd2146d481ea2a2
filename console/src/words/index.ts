import { preferences } from '../state/preferences.svelte';
import { en } from './en';
import { ja } from './ja';

/** A sentence, or one sentence a plural form, with named parameters in braces. */
export type Message = string | { readonly one: string; readonly other: string };
export type Key = keyof typeof en;

type Braces<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Braces<Rest> : never;
type Forms<M> = M extends { readonly other: infer S } ? S : M;
type Parameters<K extends Key> = Braces<Forms<(typeof en)[K]>>;
/** Keys of sentences without parameters. */
export type PlainKey = { [K in Key]: [Parameters<K>] extends [never] ? K : never }[Key];
type Rest<K extends Key> = [Parameters<K>] extends [never]
  ? []
  : [values: Record<Parameters<K>, string | number>];

const tables: Record<'en' | 'ja', Record<Key, Message>> = { en, ja };
const plurals = new Intl.PluralRules('en');

/** The sentence of a key in the reader's language. Numbers are written as that language writes them. */
export function t<K extends Key>(key: K, ...rest: Rest<K>): string {
  const language = preferences.language;
  const values = (rest[0] ?? {}) as Record<string, string | number>;
  const message = tables[language][key];
  const form = typeof message === 'string' ? message : message[pluralForm(values['n'])];
  return form.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? number(value) : (value ?? '');
  });
}

/** What the reader's language says of a named problem (RFC 9457 type); null of one without a name. */
export function problemWords(type: string | undefined): string | null {
  const key = `problem.${type?.replace('urn:hinomi:problem:', '')}`;
  return Object.hasOwn(en, key) ? t(key as PlainKey) : null;
}

function pluralForm(value: string | number | undefined): 'one' | 'other' {
  return typeof value === 'number' && plurals.select(value) === 'one' ? 'one' : 'other';
}

function locale(): string {
  return preferences.language === 'ja' ? 'ja-JP' : 'en-GB';
}

const kept = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.DisplayNames>();

function keep<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.DisplayNames>(name: string, make: () => T): T {
  const key = `${locale()} ${name}`;
  let made = kept.get(key) as T | undefined;
  if (!made) kept.set(key, (made = make()));
  return made;
}

/** A whole count with its separators: 12,345. */
export function number(value: number): string {
  return keep('number', () => new Intl.NumberFormat(locale(), { maximumFractionDigits: 2 })).format(value);
}

/** A count short enough for a tile: 1.2M, 123万. */
export function short(value: number): string {
  if (Math.abs(value) < 10_000) return number(Math.round(value));
  const make = () => new Intl.NumberFormat(preferences.language === 'ja' ? 'ja-JP' : 'en-US', { notation: 'compact', maximumSignificantDigits: 4 });
  return keep('short', make).format(value);
}

/** A number that a sketch estimated, marked as such; null is not known. */
export function about(value: number | null): string {
  return value === null ? '–' : `≈${short(value)}`;
}

/** A share of one, as per cent. */
export function percent(share: number): string {
  const make = () => new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 1 });
  return keep('percent', make).format(share);
}

/** Bytes in the unit a person reads. */
export function bytes(value: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const step = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  const unit = units[step]!;
  const make = () => new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 });
  return keep(`bytes ${unit}`, make).format(value / 1000 ** step);
}

/** A time span in words of one unit. */
export function span(seconds: number): string {
  const [unit, size] =
    seconds >= 172_800 ? (['day', 86_400] as const)
    : seconds >= 7_200 ? (['hour', 3_600] as const)
    : seconds >= 120 ? (['minute', 60] as const)
    : (['second', 1] as const);
  const make = () => new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 });
  return keep(`span ${unit}`, make).format(Math.round(seconds / size));
}

/** Date and time in the viewer's zone. */
export function moment(time: Date | string | number): string {
  const make = () => new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' });
  return keep('moment', make).format(new Date(time));
}

/** Time of day, with seconds, in the viewer's zone. */
export function clock(time: Date | string | number): string {
  const make = () => new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return keep('clock', make).format(new Date(time));
}

/** Day alone, in the viewer's zone. */
export function day(time: Date | string | number): string {
  return keep('day', () => new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' })).format(new Date(time));
}

/** The same time in UTC, for titles. */
export function utc(time: Date | string | number): string {
  return `${new Date(time).toISOString().replace('T', ' ').replace(/\.\d+Z$/, '')} UTC`;
}

/** A country's name; the registry's "??" is said in words. */
export function country(code: string | null | undefined): string {
  if (!code || code === '??') return t('country.unknown');
  try {
    return keep('country', () => new Intl.DisplayNames(locale(), { type: 'region' })).of(code) ?? code;
  } catch {
    return code; // not a region code
  }
}
