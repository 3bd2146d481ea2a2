import type { MapArc, Packet, Packets, Sensor } from '../api/types';
import { CLASSES } from '../classes';
import { live } from '../state/live.svelte';
import { status } from '../state/status.svelte';
import { view } from '../state/view.svelte';
import type { World } from './world';
import { within } from './prefix';
import { portName } from './protocols';

const WINDOW_MS = 20_000;
const MOST_ROWS = 14;
const REFRESH_MS = 1_000;
const HELD_MOST = 400;
/** How much of the last second's count stays in the running one. */
const SLOW = 0.7;

/** One line of the side list: who is flying where. */
export interface Row {
  readonly key: string;
  readonly class: number;
  readonly cc: string | null;
  readonly city: string | null;
  readonly proto: number;
  readonly number: number;
  readonly port: string;
  readonly family: string | null;
  count: number;
  last: number;
}

interface Mention {
  at: number;
  key: string;
}

/** Turns the stream into arcs, and keeps the words beside them. */
export class Flow {
  rows = $state.raw<readonly Row[]>([]);
  /** How many packets each drawn one stands for, over the last seconds; null while none can be drawn. */
  ratio = $state<number | null>(null);
  moment = $state.raw<Date | null>(null);
  world: World | null = null;
  #groups = new Map<string, Row>();
  #mentions: Mention[] = [];
  #seen = 0;
  #listed = 0;
  #fitting = 0;
  #drawn = 0;
  #lookingBack = false;

  /** Listens until the returned function is called. */
  start(): () => void {
    const silence = live.onPackets((packets) => this.#take(packets));
    const timer = setInterval(() => this.#refresh(), REFRESH_MS);
    return () => {
      silence();
      clearInterval(timer);
    };
  }

  /** Shows the past: held arcs in place of live ones; null goes back to live. */
  show(arcs: readonly MapArc[] | null): void {
    this.world?.arcs.clear();
    this.#lookingBack = arcs !== null;
    if (!arcs) {
      this.world?.refresh();
      return;
    }
    this.rows = rowsOf(arcs);
    this.ratio = null;
    const sorted = [...arcs].sort((a, b) => b.packets - a.packets).slice(0, HELD_MOST);
    const most = Math.log1p(sorted[0]?.packets ?? 1);
    for (const arc of sorted.reverse()) {
      const sensor = status.now?.sensors.find((each) => each.name === arc.sensor);
      if (!sensor || sensor.latitude === null || sensor.longitude === null || arc.lat === null || arc.lon === null) continue;
      const to = { toLon: sensor.longitude, toLat: sensor.latitude };
      this.world?.arcs.hold({ lon: arc.lon, lat: arc.lat, ...to, port: arc.p, class: arc.c }, Math.log1p(arc.packets) / most);
    }
    this.world?.refresh();
  }

  /** Filters changed: what is in the air belongs to the old ones. */
  forget(): void {
    this.#groups.clear();
    this.#mentions = [];
    this.rows = [];
    if (!this.#lookingBack) this.world?.arcs.clear();
    this.world?.refresh();
  }

  #take(batch: Packets): void {
    if (batch.time) this.moment = new Date(batch.time);
    if (this.#lookingBack) return;
    this.#seen += batch.seen;
    this.#listed += batch.packets.length;
    const now = performance.now();
    const sensors = status.now?.sensors ?? [];
    for (const packet of batch.packets) {
      const sensor = sensors[packet.d];
      if (!fits(packet, sensor)) continue;
      this.#fitting++;
      this.#mention(packet, now);
      if (document.hidden || !this.world || !sensor) continue;
      if (sensor.latitude === null || sensor.longitude === null || packet.lat === null || packet.lon === null) continue;
      const flight = { lon: packet.lon, lat: packet.lat, toLon: sensor.longitude, toLat: sensor.latitude, port: packet.p, class: packet.c };
      if (this.world.arcs.add(flight, packet.t / 1000)) this.#drawn++;
    }
  }

  #mention(packet: Packet, at: number): void {
    const port = portName(packet.proto, packet.p);
    const key = `${packet.cc ?? ''} ${port} ${packet.c}`;
    let row = this.#groups.get(key);
    if (!row) {
      row = { key, class: packet.c, cc: packet.cc, city: packet.city, proto: packet.proto, number: packet.p, port, family: packet.f, count: 0, last: at };
      this.#groups.set(key, row);
    }
    row.count++;
    row.last = at;
    this.#mentions.push({ at, key });
  }

  #refresh(): void {
    if (live.paused || this.#lookingBack) return;
    const now = performance.now();
    let old = 0;
    while (old < this.#mentions.length && this.#mentions[old]!.at < now - WINDOW_MS) {
      const { key } = this.#mentions[old++]!;
      const row = this.#groups.get(key);
      if (row && --row.count <= 0) this.#groups.delete(key);
    }
    this.#mentions.splice(0, old);
    this.rows = [...this.#groups.values()]
      .sort((a, b) => b.count - a.count || a.key.localeCompare(b.key))
      .slice(0, MOST_ROWS)
      .map((row) => ({ ...row }));
    // The server lists a sample of what it saw; of what passes the filters, what fits in the sky is drawn.
    const sampled = this.#seen / this.#listed;
    const fitted = this.#fitting / this.#drawn;
    this.ratio = this.#drawn > 0 ? Math.max(1, sampled * fitted) : null;
    this.#seen *= SLOW;
    this.#listed *= SLOW;
    this.#fitting *= SLOW;
    this.#drawn *= SLOW;
  }
}

/** The side list of a time that is over. */
function rowsOf(arcs: readonly MapArc[]): Row[] {
  const rows = new Map<string, Row>();
  for (const arc of arcs) {
    const port = portName(arc.proto, arc.p);
    const key = `${arc.cc ?? ''} ${port} ${arc.c}`;
    const row = rows.get(key);
    if (row) row.count += arc.packets;
    else rows.set(key, { key, class: arc.c, cc: arc.cc, city: null, proto: arc.proto, number: arc.p, port, family: arc.f ?? null, count: arc.packets, last: 0 });
  }
  return [...rows.values()].sort((a, b) => b.count - a.count).slice(0, MOST_ROWS);
}

/** True when a packet passes the shared filters. */
function fits(packet: Packet, sensor: Sensor | undefined): boolean {
  if (view.classes.size > 0 && !view.classes.has(CLASSES[packet.c]?.id ?? '')) return false;
  for (const { name, value } of view.filters) {
    if (name === 'country' && (packet.cc ?? '??') !== value) return false;
    if (name === 'asn' && String(packet.asn) !== value) return false;
    if (name === 'family' && packet.f !== value) return false;
    if (name === 'port' && portName(packet.proto, packet.p) !== value) return false;
    if (name === 'source' && !within(packet.s, value!)) return false;
    if (name === 'sensor' && sensor?.name !== value) return false;
  }
  return true;
}
