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
