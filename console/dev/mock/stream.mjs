// The mock's live stream: packets four times a second, counters every second.
import { CLASSES, dice, IOT } from './pool.mjs';
import { now, POOL, stamp, total } from './answers.mjs';

const EVERY_MS = 250;
const SENSORS = ['tokyo', 'fukuoka'];
const sums = POOL.reduce((list, line) => [...list, (list.at(-1) ?? 0) + line.weight], []);

function drawn(random) {
  const rest = random() * sums.at(-1);
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] < rest) low = middle + 1;
    else high = middle;
  }
  return POOL[low];
}

function batch(random, count) {
  const lines = Array.from({ length: count }, () => drawn(random)).filter((line) => line.lat !== null);
  const packets = lines.map((line) => {
    return {
      t: Math.floor(random() * EVERY_MS),
      c: CLASSES.indexOf(line.cls),
      p: line.port,
      proto: line.proto,
      s: line.address,
      lat: line.lat,
      lon: line.lon,
      cc: line.country,
      city: line.city,
      asn: line.asn,
      org: line.org,
      f: line.family,
      d: SENSORS.indexOf(line.sensor),
    };
  });
  packets.sort((a, b) => a.t - b.t);
  return { time: now(), seen: count * 9, drawn: packets.length, packets };
}

function counters() {
  const midnight = Math.floor(now() / 86400e3) * 86400e3;
  const today = total(POOL, midnight, now());
  const iot = total(POOL.filter((line) => IOT.has(line.port)), midnight, now());
  return {
    today,
    year: 4_812_640_221 + today,
    sources_today: 70_412 + Math.floor(today / 900),
    iot_share: iot / today,
    rate: 1180 + Math.round(Math.sin(now() / 7000) * 90),
    by_class: CLASSES.map((id) => total(POOL.filter((line) => line.cls === id), midnight, now())),
    per_address_today: today / 4096,
    saturated: false,
    sensors: SENSORS.map((name, index) => ({ name, state: 'running', lag_seconds: 1.4 + index, rate: 700 - index * 250, dropped: 0 })),
  };
}

/** `perSecond` packets are drawn; 0 is an empty network. */
export function stream(request, response, perSecond = 60) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  const random = dice(7);
  const say = (event, data) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  say('hello', { speed: 1, every_ms: EVERY_MS });
  say('counters', counters());
  let owed = 0;
  const packets = setInterval(() => {
    owed += (perSecond * EVERY_MS) / 1000;
    const count = Math.floor(owed);
    owed -= count;
    say('packets', batch(random, count));
  }, EVERY_MS);
  const counts = setInterval(() => say('counters', counters()), 1000);
  const found = setInterval(() => say('detection', { id: '0'.repeat(32), revision: 1, detector: 'scan', sensor: 'tokyo', key: '', ended: false }), 1000);
  const alerts = setInterval(() => say('alert', { ids: ['0'.repeat(32)], count: 1 }), 2000);
  request.on('close', () => {
    clearInterval(alerts);
    clearInterval(found);
    clearInterval(packets);
    clearInterval(counts);
  });
}

/** What is told of a sensor apart from the tower. */
function remote() {
  return {
    version: '0.1.0',
    incarnation: '019a4d2c81f0-5be1a3c7',
    started: stamp(now() - 9.2 * 3600e3),
    heard: stamp(now() - 1000),
    last_batch: stamp(now() - 41_000),
    batches: 551,
    refused: 0,
    waiting_parts: 2,
    waiting_bytes: 412_000,
    kernel_drops: 12,
    own_drops: 0,
    spool_drops: 0,
    refused_parts: 0,
    live_drops: 0,
    skipped: { outside: 41_802, not_ip: 96 },
    skew_seconds: 0.0123,
    round_trip_seconds: 0.0181,
  };
}

export function status(full, geo = 'full') {
  const sensor = (name, place, latitude, longitude, dark, prefix) => ({
    name,
    place,
    latitude,
    longitude,
    origin: 'demo',
    state: 'running',
    detail: null,
    dark_addresses: dark,
    prefixes: full ? [prefix] : null,
    event_time: stamp(now()),
    lag_seconds: 1.4,
    packets: 91_402_118,
    outside: 4_118,
    refused: 17,
    dropped: 0,
    ring_full: 0,
    damaged: 0,
    saturated_minutes: 0,
    clock: 'kernel',
    files: null,
    remote: null,
    cluster: null,
  });
  const port = (protocol, number, service, reason, reason_ja) => ({ protocol, port: number, service, reason, reason_ja });
  return {
    version: '0.1.0',
    demo: true,
    geo: { state: geo, detail: geo === 'full' ? 'IP Geolocation by DB-IP, CC BY 4.0' : null, date: geo === 'none' ? null : '2026-03-01' },
    sensors: [
      sensor('tokyo', '東京 Tokyo', 35.68, 139.69, 3072, '203.0.113.0/24'),
      { ...sensor('fukuoka', '福岡 Fukuoka', 33.59, 130.4, 1024, '192.0.2.0/24'), remote: remote() },
      { ...sensor('naha', '', 35.68, 139.77, null, ''), prefixes: full ? [] : null, origin: 'live', lag_seconds: 190, cluster: { last_minute: stamp(now() - 250_000), rate: 41.3 } },
    ],
    storage: {
      bytes: 8_412_000_000,
      parts: { archive: 6_900_000_000, segments: 41_000_000, query_database: 1_300_000_000, control: 62_000_000, geolocation: 109_000_000 },
      free_bytes: 91_000_000_000, oldest: '2026-03-06T00:00:00Z', retention_days: 8, trouble: null },
    scale: {
      results: full ? 'jdbc:postgresql://127.0.0.1/hinomi' : null,
      trouble: full ? null : 'the cluster\'s results can\'t be read or stored now; the log says why',
      caught_up: stamp(now() - 2000), lag_seconds: 190, detections: 4_120, rollups: 961_004, refused: { sketch: 2 },
      refusal: 'rows of hinomi_rollup are left out, the first with changed = 4711: a sketch of addresses is damaged',
    },
    open: true,
    iot_ports: [
      port('tcp', 23, 'telnet', 'Cameras, routers and recorders with a factory password', '初期パスワードのカメラ、ルーター、録画機'),
      port('tcp', 2323, 'telnet', 'The second port of Mirai', 'Mirai が使う二つ目のポート'),
      port('tcp', 5555, 'adb', 'Set-top boxes with Android debugging open', 'Android のデバッグ機能が開いたままのセットトップボックス'),
      port('tcp', 7547, 'cwmp', 'Home routers managed by their provider', '事業者が遠隔管理する家庭用ルーター'),
      port('tcp', 37215, 'huawei-hg', 'A router weakness of 2017', '2017 年に見つかったルーターの弱点'),
      port('udp', 1900, 'ssdp', 'Devices that announce themselves', '自分の存在を知らせる機器'),
    ],
  };
}
