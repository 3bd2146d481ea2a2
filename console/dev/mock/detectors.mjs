// The detectors, a few of them, as the server describes them.
const parameter = (name, unit, unit_ja, value, standard, meaning, meaning_ja) => ({ name, unit, unit_ja, value, standard, least: 1, most: 86400, meaning, meaning_ja });
const PARAMETERS = [
  parameter('quiet_seconds', 'seconds', '秒', 900, 624, 'An event ends after this time without a packet.', 'パケットがこの時間届かなければ、スキャンは終わりとする。'),
  parameter('least_destinations', 'addresses', 'アドレス', 10, 10, 'An event is told when it reached so many different dark addresses.', 'これだけの異なるダークアドレスに届いたら知らせる。'),
  parameter('aggressive_percent', 'percent', '%', 10, 10, 'A scanner is aggressive when one event reaches this part of the dark addresses.', '1 回のスキャンがダークアドレスのこの割合に届けば、攻撃的とみなす。'),
];
const row = (what, detectors, baseline, truths, told, precision, recall, delay_seconds, daily_false_alarms) => ({ what, detectors, baseline, truths, told, precision, recall, delay_seconds, daily_false_alarms });
const ROWS = [
  row('scan_events', ['scan'], false, 30784, 31013, 0.9891, 0.9962, 1740, 11.2),
  row('hourly_packets', ['scan'], true, 30784, 24880, 0.7611, 0.1229, 2940, 198.3),
  row('victims', ['dos'], false, 190, 190, 1, 1, 120, 0),
  row('own_machines', ['own'], false, 337, 336, 1, 0.997, 41, 0),
];
const ABOUT = [
  ['scan', 'A source that sends the same kind of packet, for the same service, to many dark addresses.', '同じサービスに向けた同じ種類のパケットを、多くのダークアドレスに送る送信元。'],
  ['family', "What sends a source's packets, by the marks that families and tools leave in packet headers.", 'ツールやマルウェアがパケットのヘッダに残す特徴から、送信元が何で送っているかを示す。'],
  ['dos', 'The victim of a denial-of-service attack with forged sources, by its answers to dark addresses.', 'DoS 攻撃の被害者。なりすましたパケットへの応答がダークアドレスに届くことで分かる。'],
  ['own', 'A machine of a registered organisation that sends to dark addresses.', 'ダークアドレスに送ってくる、登録された組織の機器。'],
  ['surge', 'A port that far more sources send to than is usual.', '同じ時間帯のふだんより送信元がはるかに多いポート。'],
];

export const detectors = () => ({
  items: ABOUT.map(([id, meaning, meaning_ja]) => ({ id, version: 2, stage: 'source', meaning, meaning_ja, source: 'Merit ORION darknet events', parameters: PARAMETERS, fields: [], measured: ROWS.filter((each) => each.detectors.includes(id)) })),
  measured: '2026-11-25',
  seed: 11,
  days: 30,
});
