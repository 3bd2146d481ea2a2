/**
 * The one table of traffic classes: order as the server numbers them, colour in each theme,
 * and a dash and a mark so that colour is never the only sign.
 */
export interface TrafficClass {
  readonly id: string;
  /** The field's own short name: the same in every language. */
  readonly name: string;
  readonly dark: string;
  readonly light: string;
  /** Dashes along an arc: 0 is a solid line. */
  readonly dashes: number;
  /** Path of the mark in a 12 by 12 box. */
  readonly mark: string;
}

const disc = 'M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z';
const ring = `${disc}M6 4a2 2 0 1 1 0 4 2 2 0 0 1 0-4z`;
const square = 'M2 2h8v8H2z';
const diamond = 'M6 .8 11.2 6 6 11.2.8 6z';
const up = 'M6 1.3 11 10.5H1z';
const down = 'M6 10.7 1 1.5h10z';
const cross = 'M4.3 1h3.4v3.3H11v3.4H7.7V11H4.3V7.7H1V4.3h3.3z';
const bar = 'M1 4.2h10v3.6H1z';
const pillar = 'M4.2 1h3.6v10H4.2z';
const saltire = 'M3.2 1 6 3.8 8.8 1 11 3.2 8.2 6 11 8.8 8.8 11 6 8.2 3.2 11 1 8.8 3.8 6 1 3.2z';

export const CLASSES: readonly TrafficClass[] = [
  { id: 'tcp_syn', name: 'TCP SYN', dark: '#E69F00', light: '#C77F00', dashes: 0, mark: disc },
  { id: 'tcp_syn_ack', name: 'TCP SYN/ACK', dark: '#56B4E9', light: '#2A8FCB', dashes: 9, mark: ring },
  { id: 'tcp_ack', name: 'TCP ACK', dark: '#009E73', light: '#008460', dashes: 14, mark: up },
  { id: 'tcp_fin', name: 'TCP FIN', dark: '#F0E442', light: '#9A8F00', dashes: 5, mark: down },
  { id: 'tcp_reset', name: 'TCP RESET', dark: '#D55E00', light: '#C24F00', dashes: 20, mark: saltire },
  { id: 'tcp_push', name: 'TCP PUSH', dark: '#CC79A7', light: '#B3578B', dashes: 7, mark: pillar },
  { id: 'tcp_other', name: 'TCP Other', dark: '#8A8F98', light: '#717782', dashes: 28, mark: bar },
  { id: 'udp', name: 'UDP', dark: '#4C9BE8', light: '#0072B2', dashes: 0, mark: square },
  { id: 'icmp', name: 'ICMP', dark: '#A987E0', light: '#8460C4', dashes: 11, mark: diamond },
  { id: 'other', name: 'Other', dark: '#B9A27C', light: '#8A744D', dashes: 34, mark: cross },
];

const byId = new Map(CLASSES.map((each, index) => [each.id, index]));

/** The place of a class in the table, or -1. */
export function classIndex(id: string): number {
  return byId.get(id) ?? -1;
}

/** The class at a place; what the server may add later is shown as the last one. */
export function classAt(index: number): TrafficClass {
  return CLASSES[index] ?? CLASSES[CLASSES.length - 1]!;
}

/** Hands the table to the style sheets as `--class-<id>`. */
export function paintClasses(dark: boolean): void {
  for (const each of CLASSES) {
    document.documentElement.style.setProperty(`--class-${each.id}`, dark ? each.dark : each.light);
  }
}
