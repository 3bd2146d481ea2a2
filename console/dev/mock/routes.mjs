// The routes of the mock. Unknown parameters are refused as the server refuses them.
import { analysis, detail, host, map, now, POOL, range, stamp, summary, timeline, top, wanted } from './answers.mjs';
import { ORGANISATIONS, ownDetections, rings, taken } from './organisations.mjs';
import { devices, hostDevice } from './devices.mjs';
import { alertAnswer, alertChange } from './alerts.mjs';
import { campaignAnswer, campaignChange } from './campaigns.mjs';
import { CLASSES, dice, PROTOCOLS } from './pool.mjs';
import { status, stream } from './stream.mjs';

const COMMON = ['from', 'to', 'sensor', 'class', 'port', 'country', 'asn', 'family', 'source'];
const PEOPLE = [
  { id: 'p1', name: 'hanako', role: 'administrator', created: '2026-01-08T02:00:00Z', last_seen: '2026-03-14T09:20:00Z', disabled: false },
  { id: 'p2', name: 'night-shift', role: 'analyst', created: '2026-01-09T02:00:00Z', last_seen: '2026-03-14T08:02:00Z', disabled: false },
  { id: 'p3', name: 'wall', role: 'viewer', created: '2026-02-01T02:00:00Z', last_seen: null, disabled: true },
];
const KEYS = [{ id: 'k1', label: 'SIEM export', role: 'viewer', created: '2026-02-11T01:00:00Z', last_used: '2026-03-14T09:00:00Z' }];

function flowTuples(query) {
  const random = dice(99);
  const limit = Number(query.get('limit')) || 100;
  const skip = Number(query.get('cursor')) || 0;
  const { to } = range(query);
  const list = wanted(query);
  const items = Array.from({ length: list.length ? limit : 0 }, (_, i) => {
    const line = list[(skip + i) % list.length];
    return {
      time: Math.floor(to / 60e3) * 60 - (skip + i) * 60,
      src_ip: line.address,
      dst_ip: null,
      src_port: 1024 + Math.floor(random() * 60000),
      dst_port: line.port,
      protocol: line.proto,
      ttl: 40 + Math.floor(random() * 20),
      tcp_flags: line.proto === 6 ? 2 : 0,
      ip_len: 40 + 4 * Math.floor(random() * 6),
      packet_cnt: 1 + Math.floor(random() * 4),
      sensor: line.sensor,
      kind: line.kind,
    };
  });
  return analysis(query, { items, next: skip + limit < 1000 ? String(skip + limit) : null });
}

function samples() {
  const line = '4500 0028 d431 4000 3106 0000 c633 6402 xxxx xxxx 8f3a 0017 a1b2 c3d4 0000 0000 5002 7210 0000 0000'.replaceAll(' ', '');
  const item = (i) => ({ time: stamp(now() - i * 3.1e6), sensor: 'tokyo', protocol: 'tcp', port: i ? 2323 : 23, bytes: 40, hex: line.replaceAll('x', '0') });
  return { items: [item(0), item(1)] };
}

function search(query) {
  const q = (query.get('q') ?? '').toLowerCase();
  const hosts = [...new Set(POOL.map((l) => l.address))].filter((a) => a.startsWith(q)).slice(0, 5);
  const ports = [...new Map(POOL.map((l) => [`${PROTOCOLS[l.proto]}/${l.port}`, l])).entries()];
  const items = [
    ...hosts.map((a) => ({ kind: 'host', label: a, to: `/hosts/${a}` })),
    ...ports.filter(([id, l]) => id.includes(q) || l.service?.includes(q)).slice(0, 5).map(([id, l]) => ({ kind: 'port', label: `${id} ${l.service ?? ''}`.trim(), to: `/ports/${id}` })),
    ...[...new Map(POOL.filter((l) => l.asn).map((l) => [l.asn, l.org]))]
      .filter(([asn, org]) => `as${asn} ${org}`.toLowerCase().includes(q))
      .slice(0, 5)
      .map(([asn, org]) => ({ kind: 'network', label: `AS${asn} ${org}`, to: `/networks/${asn}` })),
  ];
  return { items: q ? items : [], detail: items.length ? null : 'No address, port, network or country fits.' };
}

const ledger = () => ({
  items: [
    { sensor: 'tokyo', from: stamp(now() - 6.6 * 3600e3), to: stamp(now()), state: 'running', addresses: 3072, packets: 1_912_004, dropped: 0, saturated_minutes: 0, reason: null },
    { sensor: 'tokyo', from: '2026-03-06T00:00:00Z', to: stamp(now() - 7.4 * 3600e3), state: 'stopped', addresses: 3072, packets: 61_288_310, dropped: 0, saturated_minutes: 2, reason: 'Stopped by hand for maintenance' },
    { sensor: 'fukuoka', from: '2026-03-06T00:00:00Z', to: stamp(now()), state: 'running', addresses: 1024, packets: 28_201_904, dropped: 12, saturated_minutes: 0, reason: null },
  ],
  next: null,
});

const catalogue = {
  classes: CLASSES.map((id, index) => ({ id, index })),
  families: [
    ['mirai', 'Mirai', 'malware', 1 / 4294967296],
    ['zmap', 'ZMap', 'scanner', 1 / 65536],
    ['masscan', 'masscan', 'scanner', 1 / 65536],
    ['nmap', 'Nmap', 'scanner', 1 / 65536],
    ['unicornscan', 'unicornscan', 'scanner', 1 / 65536],
  ].map(([name, label, generation, chance]) => ({ name, label, generation, rule: 'tcp.seq == ip.dst', experimental: name === 'unicornscan', reference: 'https://doi.org/10.1145/2815675.2815691', chance })),
};

function sessionOf(scene) {
  if (scene === 'setup') return { signed_in: false, name: null, role: null, csrf: null, setup: true, demo: false, open: false };
  if (scene === 'closed') return { signed_in: false, name: null, role: null, csrf: null, setup: false, demo: false, open: false };
  const role = scene === 'viewer' || scene === 'visitor' ? 'viewer' : 'administrator';
  const signedIn = scene !== 'visitor';
  return { signed_in: signedIn, name: signedIn ? 'hanako' : null, role, csrf: 'mock', setup: false, demo: true, open: true };
}

const problem = (status, title, detail) => ({ status, problem: { type: 'about:blank', title, status, detail } });
const strict = (query, more, body) => {
  const odd = [...query.keys()].find((name) => !COMMON.includes(name) && !more.includes(name));
  return odd ? problem(400, 'Unknown parameter', `The parameter "${odd}" is not known here.`) : body();
};

const attacks = (query) => {
  const kinds = ['syn_flood', 'tcp_reset', 'ping_flood', 'icmp_error', 'dns', 'mixed'];
  const items = Array.from({ length: 12 }, (_, i) => ({
    id: String(500 + i).padStart(32, '0'),
    revision: i % 4,
    detector: 'dos',
    sensor: 'tokyo',
    source: query.get('source') ?? `203.0.113.${i + 1}`,
    traffic: ['tcp_syn_ack', 'tcp_reset', 'icmp', 'icmp', 'udp', 'tcp_syn_ack'][i % 6],
    kind: 'backscatter',
    port: [443, 80, 0, 0, 53, 22][i % 6],
    first: stamp(now() - (i + 3) * 9e5),
    last: stamp(now() - i * 6e5),
    reported: stamp(now() - i * 6e5),
    ended: i > 3,
    aggressive: false,
    fields: { attack: kinds[i % 6], ports: [{ 'tcp/443': 911, 'tcp/80': 12, 'tcp/8080': 3, 'tcp/8443': 1 }, { 'tcp/80': 60 }, {}, {}, { 'udp/53': 400 }, { 'tcp/22': 90 }][i % 6],
      packets: 40 + i * 911, bytes: 1600 + i * 36440, destinations: 12 + i * 57, minutes: 2 + i, peak: 30 + i * 200, rate: 32768 + i * 218453, rate_error: 18 - i },
  }));
  return { items: items.filter((each) => !query.get('port') || String(each.port) === query.get('port')), next: null };
};

const changes = (query) => {
  const kinds = [
    ['port_surge', { what: 'tcp/23', observed: 410, expected: 96, score: 14, sources: 2210, packets: 9000, new: false, countries: { BR: 900, VN: 512, IN: 300 } }],
    ['port_sync', { what: 'tcp/23', observed: 14, expected: 1, score: 11, sources: 17, methods: ['nmf', 'glasso'], members: ['198.51.100.7', '203.0.113.9'], countries: { BR: 9, CN: 5 }, families: { mirai: 14 }, ports: { 'tcp/23': 17 } }],
    ['country_surge', { what: 'BR', observed: 900, expected: 310, score: 9, sources: 4100, packets: 12000, new: false, ports: { 'tcp/23': 9000, 'tcp/2323': 700 } }],
    ['network_surge', { what: 'AS64496', observed: 60, expected: 4, score: 12, sources: 120, packets: 800, new: false, ports: { 'tcp/8080': 700 } }],
    ['port_surge', { what: 'udp/37810', observed: 12, expected: 0, score: 18, sources: 12, packets: 30, new: true, countries: { US: 20, '??': 3 } }],
    ['sync', { what: 'all', observed: 22, expected: 5, score: 6, sources: 22, methods: ['nmf'], members: ['198.51.100.8'], countries: { KR: 22 }, families: {}, ports: { 'tcp/5555': 20 } }],
  ];
  const items = kinds.map(([detector, fields], i) => ({
    id: `c${i}`.padStart(32, '0'), revision: i, detector, sensor: 'tokyo', source: '', traffic: '', kind: '',
    port: Number(/\/(\d+)/.exec(fields.what)?.[1] ?? -1), first: stamp(now() - (i + 2) * 36e5), last: stamp(now() - i * 18e5), reported: stamp(now()),
    ended: i > 3, aggressive: false, fields,
  }));
  const wanted = query.get('detector').split(',');
  return { items: items.filter((each) => wanted.includes(each.detector) && (!query.get('port') || String(each.port) === query.get('port'))), next: null };
};

const sweeps = (query) => ({
  items: Array.from({ length: query.get('source') ? 1 : 4 }, (_, i) => ({
    id: `5${String(i).padStart(31, '0')}`,
    revision: i,
    detector: 'ports',
    sensor: 'tokyo',
    source: query.get('source') ?? `198.51.100.${40 + i}`,
    traffic: 'tcp_syn',
    kind: 'scan',
    port: 0,
    first: stamp(now() - (i + 2) * 36e5),
    last: stamp(now() - i * 18e5),
    reported: stamp(now() - i * 18e5),
    ended: i > 1,
    aggressive: false,
    fields: { packets: 310 + i * 9111, distinct_ports: 120 + i * 1800, destinations: [1, 4, 9000, 3000][i], shape: ['vertical', 'vertical', 'horizontal', 'both'][i] },
  })),
  next: null,
});

const verdicts = (query) => ({
  items: [
    {
      id: '6'.padStart(32, '0'),
      revision: 3,
      detector: 'family',
      sensor: 'tokyo',
      source: query.get('source') ?? '198.51.100.7',
      traffic: 'tcp_syn',
      kind: 'scan',
      port: 23,
      first: stamp(now() - 72e5),
      last: stamp(now() - 6e5),
      reported: stamp(now() - 6e5),
      ended: false,
      aggressive: false,
      fields: { packets: 412, family: 'mirai', confidence: 'high', share: 98, chance: 12900, tools: ['mirai'], matches: { mirai: 405, bare_syn: 412 }, ports: { 'tcp/23': 371, 'tcp/2323': 41 } },
    },
  ],
  next: null,
});

const detections = (query) => {
  if (/surge|sync/.test(query.get('detector') ?? '')) return changes(query);
  if (query.get('detector') === 'dos') return attacks(query);
  if (query.get('detector') === 'own') return ownDetections(query);
  if (query.get('detector') === 'ports') return sweeps(query);
  if (query.get('detector') === 'family') return verdicts(query);
  const items = Array.from({ length: 24 }, (_, i) => ({
    id: String(i).padStart(32, '0'),
    revision: i % 4,
    detector: 'scan',
    sensor: 'tokyo',
    source: query.get('source') ?? `198.51.100.${i + 1}`,
    traffic: i % 5 === 4 ? 'udp' : 'tcp_syn',
    kind: 'scan',
    port: [23, 22, 445, 2323, 5060][i % 5],
    first: stamp(now() - (i + 3) * 9e5),
    last: stamp(now() - i * 6e5),
    reported: stamp(now() - i * 6e5),
    ended: i > 3,
    aggressive: i % 7 === 0,
    researcher: i % 6 === 1 ? { name: 'Example Internet Survey', reference: 'https://survey.example/about', matched_by: 'prefix 198.51.100.0/24' } : null,
    fields: { packets: 40 + i * 911, destinations: 12 + i * 57, estimated: i > 2, rate: 15 + i * 3000, rate_error: 3 + i, coverage: 900 + i * 8000, order: ['permuted', 'random', 'unknown', 'sequential', 'repeated'][i % 5], aggressive_by: i % 7 === 0 ? ['coverage'] : [], tools: i % 3 === 0 ? ['mirai'] : [] },
  }));
  const fits = (each) => (!query.get('port') || String(each.port) === query.get('port')) && (!query.get('aggressive') || each.aggressive) && (query.get('researcher') !== 'false' || !each.researcher);
  return { items: items.filter(fits), next: null };
};

function get(path, query, scene) {
  const found = /^\/(hosts|ports|networks)\/(.+)$/.exec(path);
  if (scene === 'empty' && /^\/(top|timeline|summary|map|flowtuples)/.test(path)) query.set('country', 'AQ');
  if (path === '/session') return sessionOf(scene);
  if (path === '/status') return { ...status(scene !== 'viewer', scene === 'nogeo' ? 'none' : 'full'), ...(scene === 'nowhere' ? { sensors: [] } : {}) };
  if (path === '/catalogue') return catalogue;
  if (path === '/summary') return strict(query, [], () => summary(query));
  if (path === '/timeline') return strict(query, ['by', 'step'], () => timeline(query));
  if (path === '/map') return strict(query, ['at', 'span'], () => map(query));
  if (path.startsWith('/top/')) return strict(query, ['limit', 'cursor'], () => top(path.slice(5), query));
  if (path === '/flowtuples') return strict(query, ['limit', 'cursor', 'format'], () => flowTuples(query));
  if (path === '/search') return search(query);
  if (path === '/detections') return scene === 'empty' ? { items: [], next: null } : detections(query);
  if (path === '/devices') return devices(query, scene);
  if (path === '/own-machines') return rings(scene);
  if (path === '/organisations') {
    const networks = (each) => (scene === 'viewer' ? { ...each, prefixes: null, as_numbers: null } : each);
    return { items: scene === 'empty' ? [] : ORGANISATIONS.map(networks), next: null };
  }
  if (path.startsWith('/organisations/')) return ORGANISATIONS.find((each) => path.endsWith(`/${each.id}`)) ?? problem(404, 'Not found', 'There is no organisation with this id.');
  if (/^\/(alerts|alert-counts|mutes|saved-searches|subscriptions|delivery|detectors)/.test(path)) return alertAnswer(path, query, scene) ?? problem(404, 'Not found', 'There is no such alert.');
  if (path.startsWith('/campaigns')) return campaignAnswer(path, query, scene) ?? problem(404, 'Not found', 'There is no campaign with this id.');
  if (path === '/sensors') return { items: status(scene !== 'viewer').sensors, next: null };
  if (path === '/ledger') return ledger();
  if (path === '/people') return { items: PEOPLE, next: null };
  if (path === '/keys') return { items: KEYS, next: null };
  if (path === '/sensor-keys') return { items: [{ id: 's1', sensor: 'fukuoka', label: 'rack 3', made_by: 'hanako', created: stamp(now() - 9e8), expires: null, last_used: stamp(now() - 4e4) }], next: null };
  if (path === '/audit') {
    const item = (i) => ({ time: stamp(now() - i * 4e6), who: i % 3 ? 'hanako' : null, action: ['session.open', 'person.change', 'key.make'][i % 3], what: i % 3 === 1 ? 'night-shift' : null, from_address: '127.0.0.1' });
    return { items: Array.from({ length: 12 }, (_, i) => item(i)), next: null };
  }
  if (found?.[1] === 'hosts' && found[2].endsWith('/samples')) return samples();
  if (found?.[1] === 'hosts' && found[2].endsWith('/device')) return hostDevice(found[2].replace('/device', ''));
  if (found?.[1] === 'hosts') return host(found[2], query) ?? problem(404, 'Not seen', `${found[2]} was not seen in this range.`);
  if (found?.[1] === 'ports') return { ...detail({ port: found[2] }, query), service: POOL.find((l) => `${PROTOCOLS[l.proto]}/${l.port}` === found[2])?.service ?? null };
  if (found?.[1] === 'networks') return { ...detail({ asn: found[2] }, query), name: POOL.find((l) => String(l.asn) === found[2])?.org ?? null };
  return problem(404, 'Not found', `There is no ${path}.`);
}

function change(method, path, scene, { text = '', query = new URLSearchParams() } = {}) {
  if (path.startsWith('/organisations/') && method !== 'DELETE') return taken(text, query.get('check') === 'true');
  if (/^\/(alert-actions|mutes|saved-searches|subscriptions)/.test(path)) return alertChange(path, method, text ? JSON.parse(text) : {});
  if (path.startsWith('/campaigns/')) return campaignChange(path, JSON.parse(text));
  if (path === '/session' && method === 'DELETE') return null;
  if (path === '/session') return scene === 'closed' ? problem(401, 'Not signed in', 'Name or password is wrong.') : sessionOf(scene);
  if (path === '/setup') return problem(403, 'Token not valid', 'The token has been used or is out of date.');
  if (path === '/keys' && method === 'POST') return { id: 'k9', label: 'new', role: 'viewer', key: 'hk_mock_4f1c9a' };
  if (path === '/sensor-keys' && method === 'POST') return { id: 's2', sensor: 'fukuoka', label: '', expires: null, key: 'hs_mock_9b02d1' };
  return method === 'POST' ? PEOPLE[1] : null;
}

async function sent(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

export async function answer(request, response, url) {
  const scene = /(?:^|;\s*)mock=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  const path = decodeURIComponent(url.pathname.slice('/api/v1'.length));
  if (path === '/stream') return stream(request, response, scene === 'empty' ? 0 : scene === 'busy' ? 700 : 60);
  const fails = scene === 'failing' && /^\/(top|timeline|summary|map|hosts|ports|sensors|ledger|detections|organisations|own-machines|campaigns)/.test(path);
  if (scene === 'slow' && !/session|status|catalogue/.test(path)) await new Promise((done) => setTimeout(done, 60_000).unref());
  const body =
    fails ? problem(503, 'Busy', 'The store is busy. Please try again in a minute.')
    : request.method === 'GET' ? get(path, url.searchParams, scene)
    : change(request.method, path, scene, { text: await sent(request), query: url.searchParams });
  const failed = body?.problem;
  response.writeHead(failed ? body.status : body === null ? 204 : 200, {
    'content-type': failed ? 'application/problem+json' : 'application/json',
    'cache-control': 'no-store',
  });
  response.end(body === null ? undefined : JSON.stringify(failed ?? body));
}
