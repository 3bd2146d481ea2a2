// Devices of infected sources, as the server judges them.
import { now, stamp } from './answers.mjs';

const RULES = [
  { rule: 'telnet', en: 'Attacks telnet, by which bots enter routers, cameras and recorders', ja: 'telnet を狙う。ルーター、カメラ、録画機に感染するボットの入口' },
  { rule: 'mirai_mark', en: 'Sends as Mirai does, which lives on routers, cameras and recorders', ja: 'ルーター、カメラ、録画機に潜む Mirai と同じ送り方' },
  { rule: 'router_upnp', en: 'Attacks UPnP services of home routers', ja: '家庭用ルーターの UPnP を狙う' },
];
const KINDS = [['router', 'ip_camera', 'recorder'], ['router'], [], ['android'], ['recorder']];
const COUNTS = { router: [31, 60, 2], ip_camera: [4, 60, 0], recorder: [12, 61, 1], nas: [0, 0, 0], android: [9, 0, 0], windows: [3, 0, 3], linux_server: [0, 1, 0] };

export function devices(query, scene) {
  const none = scene === 'empty';
  const items = Array.from({ length: none ? 0 : 12 }, (_, i) => ({
    source: `198.51.100.${i + 20}`, country: ['BR', 'VN', null, 'JP'][i % 4], kinds: KINDS[i % 5], confidence: i % 5 === 2 ? 'none' : i === 6 ? 'medium' : 'low',
    because: i % 5 === 2 ? ['telnet'] : ['telnet', i % 5 ? 'router_upnp' : 'mirai_mark'], detector: i % 6 ? 'family' : 'own', family: i % 6 ? 'mirai' : null, sensor: 'tokyo', last: stamp(now() - i * 9e5),
  }));
  const count = ([kind, [alone, among, medium]]) => (none ? { kind, alone: 0, among: 0, medium: 0 } : { kind, alone, among, medium });
  return { sources: none ? 0 : 214, unknown: none ? 0 : 94, kinds: Object.entries(COUNTS).map(count), items, partial: false, rules: RULES };
}

/** The device of a host. */
export const hostDevice = (address) => ({
  address,
  range: { from: stamp(now() - 864e5), to: stamp(now()) },
  partial: false,
  partial_reason: null,
  redacted: false,
  kinds: ['router', 'ip_camera', 'recorder'],
  confidence: 'low',
  ranking: ['router', 'ip_camera', 'recorder'].map((kind) => ({ kind, points: 2 })),
  because: RULES.slice(0, 2).map((each) => ({ ...each, points: { router: 1, ip_camera: 1, recorder: 1 } })),
  evidence: [
    { feature: 'port', value: 'tcp/23', packets: 371, of: 412 },
    { feature: 'port', value: 'tcp/2323', packets: 41, of: 412 },
    { feature: 'mark', value: 'mirai', packets: 405, of: 412 },
    { feature: 'initial_ttl', value: '64', packets: 7, of: 7 },
    { feature: 'window', value: '5840', packets: 7, of: 7 },
  ],
});
