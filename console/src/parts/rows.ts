import type { TopCountry, TopFamily, TopNetwork, TopPort } from '../api/types';
import { names } from '../state/catalogue.svelte';
import { filtered, link } from '../state/view.svelte';
import { country, t } from '../words';
import type { Ranked } from './Ranking.svelte';

/** Rows of the rankings, the same on every page. */
export function portRows(items: readonly TopPort[]): Ranked[] {
  return items.map((each) => {
    const name = `${each.protocol}/${each.port}`;
    return { ...each, key: name, label: name, note: each.service, mark: each.iot ? t('common.iot') : null, to: link(`/ports/${name}`, { port: null }), only: filtered('port', name) };
  });
}

export function countryRows(items: readonly TopCountry[]): Ranked[] {
  return items.map((each) => ({ ...each, key: each.country, label: country(each.country), to: filtered('country', each.country) }));
}

export function networkRows(items: readonly TopNetwork[]): Ranked[] {
  return items.map((each) => ({
    ...each,
    key: String(each.asn),
    label: each.name ?? t('network.unknown'),
    note: `AS${each.asn}`,
    to: link(`/networks/${each.asn}`, { asn: null }),
    only: filtered('asn', String(each.asn)),
  }));
}

export function familyRows(items: readonly TopFamily[]): Ranked[] {
  return items.map((each) => ({ ...each, key: each.family, label: names.family(each.family), to: filtered('family', each.family) }));
}
