// Answers of the mock: every number is a sum over the same lines, so that filters and pages agree.
import { CLASSES, IOT, lines, PROTOCOLS } from './pool.mjs';

export const POOL = lines();
const START = Date.parse('2026-03-14T09:26:00Z');
const began = Date.now();
/** The mock's event time runs on from a fixed moment. */
export const now = () => START + (Date.now() - began);
const GAP = { from: START - 7.4 * 3600e3, to: START - 6.6 * 3600e3 };

export function wanted(query) {
  const classes = query.get('class')?.split(',');
  const port = query.get('port')?.split('/');
  const tests = [
    [query.get('sensor'), (line, value) => line.sensor === value],
    [query.get('country'), (line, value) => line.country === value],
    [query.get('asn'), (line, value) => String(line.asn) === value],
    [query.get('family'), (line, value) => line.family === value],
    [query.get('source'), (line, value) => line.address === value],
    [classes, (line, value) => value.includes(line.cls)],
    [port, (line, value) => PROTOCOLS[line.proto] === value[0] && String(line.port) === value[1]],
  ].filter(([value]) => value);
  return POOL.filter((line) => tests.every(([value, test]) => test(line, value)));
}

export function range(query) {
  const to = Date.parse(query.get('to') ?? '') || now();
  const from = Date.parse(query.get('from') ?? '') || to - 86400e3;
  return { from, to };
}

export const stamp = (time) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
export const analysis = (query, more) => {
  const { from, to } = range(query);
  const partial = to - from > 8 * 86400e3;
  return {
    range: { from: stamp(from), to: stamp(to) },
    partial,
    partial_reason: partial ? 'Older days are past the retention of 8 days.' : null,
    redacted: true,
    ...more,
  };
};

/** Packets of one line between two times: a daily wave, a slow drift, a burst of its own. */
function packets(line, from, to) {
  const middle = (from + to) / 2;
  const hour = (middle / 3600e3) % 24;
  const wave = 1 + 0.35 * Math.sin(((hour + line.night * 10) / 24) * 2 * Math.PI);
  const burst = Math.abs(((middle / 86400e3 + line.phase) % 1) - 0.5) < 0.02 ? 5 : 1;
  return line.weight * wave * burst * ((to - from) / 1000) * 0.06;
}

const gapped = (from, to) => from < GAP.to && to > GAP.from;

export function total(list, from, to) {
  return Math.round(list.reduce((sum, line) => sum + packets(line, from, to), 0));
}

const distinct = (list, key) => new Set(list.map(key)).size;

function groups(list, key, from, to) {
  const found = new Map();
  for (const line of list) {
    const id = key(line);
    if (id === null || id === undefined) continue;
    const group = found.get(id) ?? { lines: [], packets: 0 };
    group.lines.push(line);
    group.packets += packets(line, from, to);
    found.set(id, group);
  }
  return [...found.values()].map((each) => ({ ...each, packets: Math.round(each.packets) })).sort((a, b) => b.packets - a.packets);
}

function sums(list, key, from, to) {
  return Object.fromEntries(groups(list, key, from, to).map((each) => [key(each.lines[0]), each.packets]));
}

export function summary(query, list = wanted(query)) {
  const { from, to } = range(query);
  const all = total(list, from, to);
  const iot = total(list.filter((line) => IOT.has(line.port)), from, to);
  return analysis(query, {
    packets: all,
    sources: distinct(list, (line) => line.address),
    destinations: Math.min(4096, Math.round(all / 3)),
    flow_tuples: Math.round(all * 0.81),
    iot_share: all ? iot / all : null,
    per_address: all / 4096,
    classes: sums(list, (line) => line.cls, from, to),
    kinds: sums(list, (line) => line.kind, from, to),
    previous: { packets: Math.round(total(list, from - (to - from), from) * 0.88), sources: Math.round(distinct(list, (l) => l.address) * 0.94) },
  });
}

const STEPS = [60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400];

export function timeline(query, list = wanted(query)) {
  const { from, to } = range(query);
  const asked = Number(query.get('step'));
  const step = asked || STEPS.find((each) => (to - from) / 1000 / each <= 150) || 86400;
  const by = query.get('by') ?? 'class';
  const key = { class: (l) => l.cls, kind: (l) => l.kind, family: (l) => l.family ?? 'none' }[by];
  const times = [];
  for (let at = Math.floor(from / 1000 / step) * step; at < to / 1000; at += step) times.push(at);
  const keys = by === 'class' ? CLASSES.filter((id) => list.some((l) => l.cls === id)) : [...new Set(list.map(key))];
  const series = keys.map((each) => {
    const mine = list.filter((line) => key(line) === each);
    const values = times.map((at) => (gapped(at * 1e3, (at + step) * 1e3) ? null : total(mine, at * 1e3, (at + step) * 1e3)));
    return { key: each, packets: values, sources: null };
  });
  const gap = { from: stamp(GAP.from), to: stamp(GAP.to), sensor: 'tokyo', reason: 'stopped' };
  return analysis(query, { step, times, series, gaps: gapped(from, to) ? [gap] : [] });
}

export function top(what, query, list = wanted(query)) {
  const { from, to } = range(query);
  const all = total(list, from, to) || 1;
  const limit = Number(query.get('limit')) || 10;
  const skip = Number(query.get('cursor')) || 0;
  const rows = TOPS[what](list, from, to).map((each) => ({ ...each, share: each.packets / all }));
  return analysis(query, { items: rows.slice(skip, skip + limit), next: rows.length > skip + limit ? String(skip + limit) : null });
}

const counted = (group) => ({ packets: group.packets, sources: distinct(group.lines, (line) => line.address) });
const TOPS = {
  ports: (list, from, to) =>
    groups(list, (l) => (l.proto === 6 || l.proto === 17 ? `${PROTOCOLS[l.proto]}/${l.port}` : null), from, to).map((g) => ({
      protocol: PROTOCOLS[g.lines[0].proto],
      port: g.lines[0].port,
      service: g.lines[0].service,
      iot: IOT.has(g.lines[0].port),
      ...counted(g),
    })),
  countries: (list, from, to) => groups(list, (l) => l.country, from, to).map((g) => ({ country: g.lines[0].country, ...counted(g) })),
  networks: (list, from, to) =>
    groups(list, (l) => l.asn, from, to).map((g) => ({ asn: g.lines[0].asn, name: g.lines[0].org, ...counted(g) })),
  families: (list, from, to) => groups(list, (l) => l.family, from, to).map((g) => ({ family: g.lines[0].family, ...counted(g) })),
  sources: (list, from, to) =>
    groups(list, (l) => l.address, from, to).map((g) => ({
      address: g.lines[0].address,
      country: g.lines[0].country,
      city: g.lines[0].city,
      asn: g.lines[0].asn,
      organisation: g.lines[0].org,
      packets: g.packets,
      ports: distinct(g.lines, (l) => l.port),
      families: [...new Set(g.lines.map((l) => l.family).filter(Boolean))],
      first: stamp(from + g.lines[0].phase * 3600e3),
      last: stamp(to - g.lines[0].night * 3600e3),
    })),
};

export function host(address, query) {
  const mine = POOL.filter((line) => line.address === address);
  if (mine.length === 0) return null;
  const { from, to } = range(query);
  const [one] = mine;
  const sum = total(mine, from, to);
  const lines = timeline(query, mine);
  const families = [...new Set(mine.map((l) => l.family).filter(Boolean))];
  return analysis(query, {
    address,
    country: one.country,
    city: one.city,
    latitude: one.lat,
    longitude: one.lon,
    asn: one.asn,
    organisation: one.org,
    first: stamp(from + one.phase * 3600e3),
    last: stamp(to - one.night * 3600e3),
    packets: sum,
    destinations: Math.round(sum * 0.7),
    classes: sums(mine, (l) => l.cls, from, to),
    kinds: sums(mine, (l) => l.kind, from, to),
    families: families.map((name) => ({ name, packets: sum, matched: Math.round(sum * 0.93), certain: name === 'mirai' })),
    ports: mine.map((l) => ({ protocol: PROTOCOLS[l.proto], port: l.port, service: l.service, packets: total([l], from, to) })),
    sensors: [...new Set(mine.map((l) => l.sensor))],
    timeline: { step: lines.step, times: lines.times, packets: lines.times.map((_, i) => (lines.series[0]?.packets[i] === null ? null : lines.series.reduce((s, e) => s + e.packets[i], 0))) },
    researcher: address === '198.18.88.1' ? { name: 'Example Internet Survey', reference: 'https://survey.example/about', matched_by: 'name probe-1.survey.example' } : null,
    verdict: {
      en: families.includes('mirai') ? 'A device infected by Mirai or a relative, looking for others.' : 'A scanner that looks for open services.',
      ja: families.includes('mirai') ? 'Mirai かその亜種に感染した機器が、ほかの機器を探しています。' : '開いているサービスを探す走査です。',
    },
  });
}

export function detail(filter, query) {
  for (const [name, value] of Object.entries(filter)) query.set(name, value);
  const list = wanted(query);
  const lines = timeline(query, list);
  const part = (what) => top(what, query, list).items;
  return {
    summary: summary(query, list),
    timeline: { step: lines.step, times: lines.times, series: lines.series, gaps: lines.gaps },
    countries: part('countries'),
    networks: part('networks'),
    families: part('families'),
    sources: part('sources'),
    ports: part('ports'),
  };
}

export function map(query) {
  const at = Date.parse(query.get('at') ?? '') || now();
  const seconds = Number(query.get('span')) || 300;
  const list = wanted(query);
  const [from, to] = [at - seconds * 1e3, at];
  const arcs = groups(list, (l) => (l.lat === null ? null : `${l.address} ${l.cls} ${l.port} ${l.sensor}`), from, to).slice(0, 400);
  return {
    ...analysis(query, {}),
    range: { from: stamp(from), to: stamp(to) },
    redacted: false,
    arcs: arcs.map((g) => {
      const [l] = g.lines;
      return { cc: l.country, lat: l.lat, lon: l.lon, c: CLASSES.indexOf(l.cls), p: l.port, proto: l.proto, packets: Math.max(1, g.packets), s: l.address, asn: l.asn, org: l.org, f: l.family, sensor: l.sensor };
    }),
    total: total(list, from, to),
  };
}
