import { CLASSES } from '../classes';

/** Colours of the Atlas, read from the tokens so that no literal stands here. */
export type Rgb = readonly [number, number, number];

export interface Paints {
  readonly dark: boolean;
  readonly sea: string;
  readonly sky: string;
  readonly land: string;
  readonly coast: string;
  readonly border: string;
  readonly grid: string;
  readonly accent: string;
  readonly night: Rgb;
  readonly halo: Rgb;
  readonly classes: readonly Rgb[];
}

/** Reads the tokens as the page shows them now. */
export function readPaints(dark: boolean): Paints {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const token = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const paints: Paints = {
    dark,
    sea: token('sea'),
    sky: token('sky'),
    land: token('land'),
    coast: token('coast'),
    border: token('border'),
    grid: token('grid'),
    accent: token('accent'),
    night: parts(token('night')),
    halo: parts(token('halo')),
    classes: CLASSES.map((each) => parts(dark ? each.dark : each.light)),
  };
  probe.remove();
  return paints;
}

function parts(color: string): Rgb {
  const hex = /^#(..)(..)(..)$/.exec(color);
  const found = hex ? hex.slice(1).map((each) => Number.parseInt(each, 16)) : (color.match(/[\d.]+/g) ?? []).map(Number);
  return [(found[0] ?? 0) / 255, (found[1] ?? 0) / 255, (found[2] ?? 0) / 255];
}
