import { CLASSES } from '../classes';
import { tokenColor } from '../style/token';

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
  return {
    dark,
    sea: tokenColor('sea'),
    sky: tokenColor('sky'),
    land: tokenColor('land'),
    coast: tokenColor('coast'),
    border: tokenColor('border'),
    grid: tokenColor('grid'),
    accent: tokenColor('accent'),
    night: parts(tokenColor('night')),
    halo: parts(tokenColor('halo')),
    classes: CLASSES.map((each) => parts(dark ? each.dark : each.light)),
  };
}

function parts(color: string): Rgb {
  const hex = /^#(..)(..)(..)$/.exec(color);
  const found = hex ? hex.slice(1).map((each) => Number.parseInt(each, 16)) : (color.match(/[\d.]+/g) ?? []).map(Number);
  return [(found[0] ?? 0) / 255, (found[1] ?? 0) / 255, (found[2] ?? 0) / 255];
}
