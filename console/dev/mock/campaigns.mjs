// The mock's campaigns: made up, and named by what is done in the same process.
import { dice, POOL_PLACES } from './pool.mjs';
import { now, stamp } from './answers.mjs';

const DAY_MS = 86_400_000;
const MADE = [
  // label, ports, families, days ago of the first and last day, sources, growth a day, state
  ['tcp-23-mirai-heron', ['tcp/23', 'tcp/2323', 'tcp/5555'], ['mirai'], 26, 1, 420, 1.06, 'active'],
  ['tcp-37215-mirai-otter', ['tcp/37215', 'tcp/52869'], ['mirai'], 9, 1, 60, 1.3, 'active'],
  ['tcp-80-zmap-plover', ['tcp/80', 'tcp/443', 'tcp/8080', 'tcp/8443', 'tcp/22', 'tcp/21'], ['zmap'], 44, 1, 38, 1.0, 'active'],
  ['udp-37810-marten', ['udp/37810'], [], 12, 4, 210, 0.93, 'quiet'],
  ['tcp-9530-crane', ['tcp/9530'], [], 31, 17, 74, 0.99, 'merged'],
  ['tcp-22-egret', ['tcp/22'], [], 1, 1, 19, 1, 'active'],
];
const given = new Map([[1, { name: 'Router worm, spring', note: 'The same two ports as last year. Asked the vendor.', named_by: 'hanako', named: stamp(now() - 4e7) }]]);
const SCALE = [
  ['none', 'None', 'なし', 'Nothing speaks for it.', '裏づけるものがありません。'],
  ['low', 'Low', '低', 'It fits what is seen, and so do other explanations.', '見えることに合いますが、ほかの説明も同じくらい合います。'],
  ['moderate', 'Moderate', '中', 'Independent signs agree; other explanations remain.', '独立したしるしが一致していますが、ほかの説明も残ります。'],
  ['high', 'High', '高', 'What is seen is very unlikely otherwise.', 'そうでなければまず起こらないことが見えています。'],
].map(([id, en, ja, meaning, imi]) => ({ id, word: { en, ja }, meaning: { en: meaning, ja: imi } }));

const dayOf = (ago) => stamp(now() - ago * DAY_MS).slice(0, 10);
const idOf = (i) => String(300 + i).padStart(32, '0');

function growth(i) {
  const [, , , first, last, sources, rate] = MADE[i];
  const random = dice(i + 5);
  const days = [];
  let known = 0;
  for (let ago = first; ago >= last; ago--) {
    const count = Math.round(sources * rate ** (first - ago) * (0.92 + random() * 0.16));
    const added = ago === first ? count : Math.max(0, Math.round(count * 0.12 * random()) + Math.max(0, count - known));
    if (i !== 2 || ago % 9 !== 4) days.push({ day: dayOf(ago), sources: count, new_sources: Math.min(count, added), gone_sources: Math.max(0, known - count), packets: count * (40 + i * 17) });
    known = count;
  }
  return days;
}

function shares(keys, sources) {
  const weights = keys.map((_, at) => 1 / (at + 1.3) ** 1.2);
  return keys.map((key, at) => {
    const share = Math.min(1, weights[at] / weights[0]) * 0.9;
    return { key, name: null, count: Math.round(sources * share), share };
  });
}

function campaign(i) {
  const [label, ports, families, first, last, , , state] = MADE[i];
  const days = growth(i);
  const total = days.reduce((sum, each) => sum + each.new_sources, 0);
  return {
    id: idOf(i), name: given.get(i)?.name ?? null, label, sensor_kind: 'live', state,
    first_day: dayOf(first), last_day: dayOf(last), days: days.length,
    sources: total, sources_last: days.at(-1).sources, peak: Math.max(...days.map((each) => each.sources)), packets: days.reduce((sum, each) => sum + each.packets, 0),
    ports, families, countries: ['CN', 'BR', 'IN', 'VN', 'US', 'RU'].slice(i % 3, (i % 3) + 3 + (i % 2)),
    growth: days.slice(-30).map(({ day, sources }) => ({ day, sources })),
  };
}

function dossier(i) {
  const of = campaign(i);
  const places = POOL_PLACES.filter((_, at) => (at + i) % 2 === 0);
  const countries = shares([...new Set(places.map(([cc]) => cc))], of.sources);
  const networks = shares([...new Set(places.filter(([, , , , , asn]) => asn).map(([, , , , , asn]) => String(asn)))].slice(0, 12), of.sources / 2)
    .map((each) => ({ ...each, name: places.find(([, , , , , asn]) => String(asn) === each.key)[6] }));
  const about = (at) => ({ id: idOf(at), name: given.get(at)?.name ?? null, label: MADE[at][0], first_day: dayOf(MADE[at][3]), last_day: dayOf(MADE[at][4]) });
  const tool = MADE[i][2][0];
  return {
    campaign: of, note: given.get(i)?.note ?? '', named_by: given.get(i)?.named_by ?? null, named: given.get(i)?.named ?? null,
    growth: growth(i), ports: shares(of.ports, of.sources_last), families: shares(of.families, of.sources_last), countries, networks,
    lineage: i === 0 ? [
      { day: dayOf(17), kind: 'merged_from', other: about(4), sources: 61 },
      { day: dayOf(9), kind: 'split_into', other: about(1), sources: 44 },
    ] : i === 1 ? [{ day: dayOf(9), kind: 'split_from', other: about(0), sources: 44 }] : [],
    similar: i < 2 ? [{ campaign: about(4), likeness: 0.87 }] : [],
    attribution: {
      statement: tool ? 'same_tool' : 'same_behaviour',
      text: tool
        ? { en: `Its sources use the same tool or malware, with the marks of ${tool}. Whoever has it can use it: this does not say who does.`, ja: `送信元は ${tool} の特徴をもつ同じツールかマルウェアを使っています。手に入れた人なら誰でも使えるので、誰が使っているかまではわかりません。` }
        : { en: 'Its sources behave alike. Why, nothing seen here tells.', ja: '送信元は似た動きをしています。なぜそうなのかは、ここで見えることからはわかりません。' },
      confidence: tool ? 'moderate' : 'low',
      evidence: [
        ...(tool ? [{ key: 'family', value: 0.98, detail: tool, text: { en: `98 % of its sources send with the marks of ${tool}.`, ja: `送信元の 98 % に ${tool} の特徴があります。` } }] : []),
        { key: 'ports', value: 0.994, detail: of.ports[0], text: { en: `Nearly nobody else asks for ${of.ports[0]}: 0.6 % of the other sources.`, ja: `${of.ports[0]} を探すものはほかにほとんどありません：ほかの送信元の 0.6 %。` } },
      ],
      against: [{ key: 'background', value: 0.2, detail: '', text: { en: '20 % of all other sources do the same: it may be a part of what is always there.', ja: 'ほかの送信元の 20 % も同じことをしています。いつもある通信の一部かもしれません。' } }],
      scale: SCALE,
    },
  };
}

function members(i, query, viewer) {
  const of = dossier(i);
  const skip = Number(query.get('cursor')) || 0;
  const limit = Number(query.get('limit')) || 50;
  const items = Array.from({ length: Math.max(0, Math.min(limit, of.campaign.sources - skip)) }, (_, row) => {
    const at = skip + row;
    const [country, , , , , asn, network] = POOL_PLACES[(at * 7 + i) % POOL_PLACES.length];
    return {
      source: viewer && at % 6 === 2 ? null : `198.${18 + (at % 2)}.${(at * 11) % 256}.${1 + ((at * 3) % 250)}`,
      country, asn: viewer && at % 6 === 2 ? null : (asn ?? 0), network, first_day: of.growth[at % of.growth.length].day, last_day: of.campaign.last_day, days: 1 + (at % of.growth.length), packets: 900 - (at % 800),
    };
  });
  return { items, next: skip + limit < of.campaign.sources ? String(skip + limit) : null };
}

export function campaignAnswer(path, query, scene) {
  if (path === '/campaigns') {
    const none = scene === 'empty';
    const fits = (each) =>
      (!query.get('state') || each.state === query.get('state')) &&
      (!query.get('port') || each.ports.includes(query.get('port'))) &&
      (!query.get('family') || each.families.includes(query.get('family'))) &&
      (!query.get('country') || each.countries.includes(query.get('country')));
    return { items: none ? [] : MADE.map((_, i) => campaign(i)).filter(fits), next: null, last_day: none ? null : dayOf(1), trouble: null };
  }
  const [, , id, more] = path.split('/');
  const i = Number(id) - 300;
  if (!MADE[i]) return null;
  return more === 'members' ? members(i, query, scene === 'viewer') : dossier(i);
}

export function campaignChange(path, body) {
  const i = Number(path.split('/')[2]) - 300;
  given.set(i, { name: body.name || null, note: body.note, named_by: 'hanako', named: stamp(now()) });
  return dossier(i);
}
