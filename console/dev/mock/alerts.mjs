// Alerts of the mock: made up, and changed by what is done in the same process.
import { detectors } from './detectors.mjs';
import { now, stamp } from './answers.mjs';

const SAYS = [
  ['own', 'high', 'is one of Example University\u2019s and sends into the dark space: probable.', 'は例示大学の機器です。ダークネットに通信が届いています（確度：有力）。'],
  ['dos', 'high', 'is being flooded (syn flood): at least 812,000 packets a second.', 'が大量の通信を受けています（SYN フラッド）。1 秒に 812,000 パケット以上です。'],
  ['scan', 'medium', 'scans for tcp/23: 9,310 dark addresses reached, 14.2 % of all. Marks of mirai.', 'が tcp/23 を探しています。ダークアドレス 9,310 個に届きました（全体の 14.2 %）。mirai の特徴があります。'],
  ['surge', 'low', 'and others: more than usual for tcp/37215.', 'など：tcp/37215 がふだんより増えています。'],
];
const MUTES = [
  { id: 'm1', detector: 'scan', source: '192.0.2.0/24', port: 23, sensor: null, reason: 'Our own survey', made_by: 'hanako', made: stamp(now() - 9e6), until: stamp(now() + 5e7) },
];
const SEARCHES = [{ id: 's1', name: 'DoS, high', query: 'detector=dos&severity=high' }];
const SUBSCRIPTIONS = [
  { id: 'u1', channel: 'mail', target: 'hanako@example.org', detectors: [], severity: 'high', language: 'ja', made: stamp(now() - 9e7), secret: null },
  { id: 'u2', channel: 'webhook', target: 'https://hooks.example.org/hinomi', detectors: ['dos'], severity: 'medium', language: 'en', made: stamp(now() - 8e7), secret: null },
];
const DELIVERY = {
  channels: ['mail', 'syslog', 'webhook'], most_per_hour: 30, deliveries: { waiting: 2, sent: 41, failed: 1, uncertain: 1 },
  troubles: [{ channel: 'webhook', state: 'waiting', reason: 'the receiver answers with status 503', made: stamp(now() - 3e5) }, { channel: 'mail', state: 'uncertain', reason: 'the program ended while it was being sent', made: stamp(now() - 9e6) }],
};
const done = new Map();

function alert(i) {
  const [detector, severity, en, ja] = SAYS[i % SAYS.length];
  const source = `198.51.100.${i + 1}`;
  const state = i < 14 ? 'open' : i < 18 ? 'acknowledged' : 'closed';
  return {
    id: String(900 + i).padStart(32, '0'), revision: i % 3, detector, sensor: 'tokyo', source, traffic: 'tcp_syn', kind: 'scan', port: 23, severity,
    summary: { en: `${source} ${en}`, ja: `${source} ${ja}` },
    first: stamp(now() - (i + 3) * 9e5), last: stamp(now() - i * 6e5), ended: i % 5 === 3, state, raised: stamp(now() - (i + 1) * 8e5),
    handled_by: state === 'open' ? null : 'night-shift', handled: state === 'open' ? null : stamp(now() - i * 3e5), note: '', mute: null, false_alarm: i === 20,
    fields: { source, packets: 40 + i * 911, destinations: 9310, coverage: 142_000, aggressive: true, tools: ['mirai'], matches: { mirai: 900 } },
    ...done.get(i),
  };
}
const ALL = () => Array.from({ length: 22 }, (_, i) => alert(i));

export function alertAnswer(path, query, scene) {
  const none = scene === 'empty';
  if (path === '/alert-counts') {
    const open = none ? 0 : ALL().filter((each) => each.state === 'open').length;
    return { open, open_by_detector: none ? {} : { dos: 3, own: 4, scan: 4, surge: 3 }, states: none ? {} : { open, acknowledged: 4, closed: 4 }, muted: none ? 0 : 2, false_alarms: none ? {} : { scan: 1 } };
  }
  if (path === '/mutes') return { items: none ? [] : MUTES };
  if (path === '/saved-searches') return { items: none ? [] : SEARCHES };
  if (path === '/subscriptions') return { items: none ? [] : SUBSCRIPTIONS };
  if (path === '/delivery') return none ? { channels: [], most_per_hour: 30, deliveries: {}, troubles: [] } : DELIVERY;
  if (path === '/detectors') return detectors();
  if (path !== '/alerts') {
    const one = ALL().find((each) => path === `/alerts/${each.id}`);
    return one ? { alert: one, deeds: one.state === 'open' ? [] : [{ time: stamp(now() - 3e5), who: 'night-shift', action: 'acknowledge', note: 'Told the provider' }] } : null;
  }
  const ranks = ['low', 'medium', 'high'];
  const wants = (name, value) => !query.get(name) || query.get(name).split(',').includes(value);
  const least = ranks.indexOf(query.get('severity') ?? 'low');
  const items = none ? [] : ALL().filter((each) => wants('state', each.state) && wants('detector', each.detector) && ranks.indexOf(each.severity) >= least);
  return { items, next: null };
}

/** What is done about alerts, as far as a test looks at it. */
export function alertChange(path, method, body) {
  if (path === '/alert-actions') {
    const state = { acknowledge: 'acknowledged', close: 'closed', false_alarm: 'closed', reopen: 'open' }[body.action];
    for (const id of body.ids) done.set(Number(id) - 900, { state, handled_by: 'hanako', false_alarm: body.action === 'false_alarm' });
    return { done: body.ids };
  }
  if (path.endsWith('/test')) return { outcome: 'sent', reason: '' };
  if (path === '/subscriptions' && method === 'POST') return { ...body, id: 'u3', made: stamp(now()), secret: body.channel === 'webhook' ? 'hw_mock_1' : null };
  if (path === '/mutes' && method === 'POST') {
    const mute = { ...body, id: `m${MUTES.length + 1}`, made_by: 'hanako', made: stamp(now()) };
    MUTES.push(mute);
    return mute;
  }
  return method === 'DELETE' ? null : { id: 's2', ...body };
}
