import type { Gap } from '../api/types';

/** One stacked layer of a chart. */
export interface Layer {
  readonly key: string;
  readonly label: string;
  readonly color: string;
  readonly values: readonly (number | null)[];
}

export type Column = (number | null)[];

/** Running sums from the bottom layer up; null where no layer was observed. */
export function stacked(layers: readonly Layer[], length: number): Column[] {
  const sums: Column = Array.from({ length }, () => null);
  return layers.map((layer) => {
    for (let i = 0; i < length; i++) {
      const value = layer.values[i];
      if (value !== null && value !== undefined) sums[i] = (sums[i] ?? 0) + value;
    }
    return [...sums];
  });
}

/** First and end index of the steps that lie wholly in a range; all of them where nearly none does. */
export function wholeSteps(times: readonly number[], step: number, range: { from: string; to: string } | null): [number, number] {
  const all: [number, number] = [0, times.length];
  if (!range || times.length < 5) return all;
  const [from, to] = [Date.parse(range.from) / 1000, Date.parse(range.to) / 1000];
  return [times[0]! < from ? 1 : 0, times.at(-1)! + step > to ? times.length - 1 : times.length];
}

/** The steps in which nothing was observed, joined, as pairs of seconds. */
export function unseenSpans(top: Column, times: readonly number[], step: number, gaps: readonly Gap[]): [number, number][] {
  const spans: [number, number][] = [];
  for (let i = 0; i < times.length; i++) {
    if (top[i] !== null) continue;
    const at = times[i]!;
    const last = spans.at(-1);
    if (last && last[1] >= at) last[1] = at + step;
    else spans.push([at, at + step]);
  }
  if (spans.length > 0 || top.length === 0) return spans;
  return gaps.map((gap) => [Date.parse(gap.from) / 1000, Date.parse(gap.to) / 1000]);
}
