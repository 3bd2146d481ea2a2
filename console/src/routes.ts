import type { Component } from 'svelte';
import type { Role } from './api/types';
import type { PlainKey } from './words';

type Parts = Readonly<Record<string, string>>;
type Page = Component<{ parts: Parts }>;

export interface Place {
  readonly path: string;
  readonly title: PlainKey;
  readonly role: Role;
  /** Pages without the shared range and filters hide their controls. */
  readonly analysis: boolean;
  readonly page: () => Promise<{ default: Page }>;
}

const pages = import.meta.glob<{ default: Page }>('./pages/*.svelte');

function place(path: string, name: string, title: PlainKey, role: Role, analysis: boolean): Place {
  return { path, title, role, analysis, page: pages[`./pages/${name}.svelte`]! };
}

export const PLACES: readonly Place[] = [
  place('/', 'Atlas', 'nav.atlas', 'viewer', true),
  place('/overview', 'Overview', 'nav.overview', 'viewer', true),
  place('/hosts/{address}', 'Host', 'host.title', 'viewer', true),
  place('/ports/{protocol}/{port}', 'Port', 'port.title', 'viewer', true),
  place('/networks/{asn}', 'Network', 'network.title', 'viewer', true),
  place('/search', 'Search', 'nav.search', 'viewer', true),
  place('/alerts', 'Alerts', 'nav.alerts', 'viewer', false),
  place('/campaigns', 'Campaigns', 'nav.campaigns', 'viewer', false),
  place('/campaigns/{id}', 'Campaign', 'campaign.title', 'viewer', false),
  place('/scans', 'Scans', 'nav.scans', 'viewer', true),
  place('/victims', 'Victims', 'nav.victims', 'viewer', true),
  place('/organisations', 'Organisations', 'nav.organisations', 'viewer', true),
  place('/organisations/{id}', 'Organisation', 'org.title', 'analyst', true),
  place('/changes', 'Changes', 'nav.changes', 'viewer', true),
  place('/devices', 'Devices', 'nav.devices', 'viewer', true),
  place('/detectors', 'Detectors', 'nav.detectors', 'viewer', false),
  place('/detectors/{id}', 'Detector', 'detectors.title', 'viewer', false),
  place('/sensors', 'Sensors', 'nav.sensors', 'viewer', false),
  place('/people', 'People', 'nav.people', 'administrator', false),
  place('/setup', 'Setup', 'setup.title', 'public', false),
  place('/signin', 'SignIn', 'signin.title', 'public', false),
  place('/about', 'About', 'nav.about', 'public', false),
];

/** The place an address leads to, with the named parts of its path. */
export function findPlace(path: string): { place: Place; parts: Parts } | null {
  const steps = path.split('/');
  for (const each of PLACES) {
    const parts = matched(each.path.split('/'), steps);
    if (parts) return { place: each, parts };
  }
  return null;
}

function matched(pattern: string[], steps: string[]): Parts | null {
  if (pattern.length !== steps.length) return null;
  const parts: Record<string, string> = {};
  for (const [index, want] of pattern.entries()) {
    const step = steps[index]!;
    if (want.startsWith('{')) {
      try {
        parts[want.slice(1, -1)] = decodeURIComponent(step);
      } catch {
        return null;
      }
      if (!step) return null;
    } else if (want !== step) return null;
  }
  return parts;
}
