import { preferences } from '../state/preferences.svelte';
import { day as dayWords } from '../words';

/** A day of the API in the reader's words. Days are those of UTC, wherever the reader is. */
export const shownDay = (day: string): string => dayWords(new Date(`${day}T12:00:00Z`));

/** The same without the year, for the axis of a chart. */
export function axisDay(day: string): string {
  const language = preferences.language === 'ja' ? 'ja-JP' : 'en-GB';
  return new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** All days from one to another, both included; days that are missing stay in the row. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  const end = Date.parse(`${last}T00:00:00Z`);
  for (let at = Date.parse(`${first}T00:00:00Z`); at <= end; at += 86_400_000) days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
