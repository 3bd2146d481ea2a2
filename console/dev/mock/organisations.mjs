// The mock's organisations and their machines.
import { dice } from './pool.mjs';
import { now, stamp } from './answers.mjs';

const NAMES = [
  ['city-hospital', '港市立病院'],
  ['coast-university', 'Coast University'],
  ['harbour-isp', 'Harbour Broadband'],
  ['kita-city', '北市役所'],
  ['lakeside-school', 'Lakeside Schools'],
  ['mori-rail', '森鉄道'],
  ['north-power', 'North Power'],
  ['sora-hotels', 'Sora Hotels'],
];
const GRADES = ['unproven', 'possible', 'probable', 'strong'];
const SIGNS = ['packets', 'minutes', 'spread', 'tool', 'ttl', 'timing'];

export const ORGANISATIONS = NAMES.map(([id, name], i) => ({
  id,
  name,
  prefixes: [`192.0.2.${i * 32}/27`, `2001:db8:${i + 1}::/48`],
  as_numbers: i % 3 ? [] : [64500 + i],
  valid_from: '2026-01-08T02:00:00Z',
}));

/** Machines of all organisations but the last, newest first. */
function machines() {
  const random = dice(11);
  return Array.from({ length: 42 }, (_, i) => {
    const organisation = [0, 1, 2, 2, 2, 3, 4, 2, 5, 6, 1, 2][i % 12];
    const grade = [0, 0, 2, 1, 0, 3, 0, 2, 1, 0][i % 10];
    const cause = grade > 1 ? 'scan' : ['unclear', 'backscatter', 'misconfiguration', 'unclear'][i % 4];
    const packets = [1 + (i % 2), 4, 18 + i, 400 + i * 37][grade];
    return {
      id: String(700 + i).padStart(32, '0'),
      organisation: NAMES[organisation][0],
      name: NAMES[organisation][1],
      source: `192.0.2.${organisation * 32 + 1 + Math.floor(random() * 30)}`,
      grade: GRADES[grade],
      cause,
      packets,
      port: [23, 2323, 443, 123, 22][i % 5],
      traffic: cause === 'backscatter' ? 'tcp_syn_ack' : 'tcp_syn',
      signs: grade === 0 ? [] : SIGNS.filter((_, at) => grade === 3 || at !== 3).slice(0, 3 + grade),
      first: stamp(now() - (i + 4) * 11e5),
      last: stamp(now() - i * 9e4 - 6e4),
      ended: i > 24,
    };
  });
}

export function rings(scene) {
  const found = scene === 'empty' ? [] : machines();
  const of = (id) => found.filter((each) => each.organisation === id);
  const counts = (list, field) => list.reduce((sums, each) => ({ ...sums, [each[field]]: (sums[each[field]] ?? 0) + 1 }), {});
  const items = ORGANISATIONS.filter((each) => of(each.id).length > 0).map((each) => ({
    organisation: each.id,
    name: each.name,
    machines: of(each.id).length,
    active: of(each.id).filter((one) => !one.ended).length,
    grades: counts(of(each.id), 'grade'),
    causes: counts(of(each.id), 'cause'),
    last: of(each.id)[0].last,
  }));
  const secret = scene === 'viewer';
  const strikes = found.map(({ name, signs, id, source, ...each }) => ({ id: secret ? null : id, source: secret ? null : source, ...each }));
  return { items, strikes, partial: false };
}

export function ownDetections(query) {
  const wanted = (query.get('grade') ?? '').split(',').filter(Boolean);
  const items = machines()
    .filter((each) => !query.get('organisation') || each.organisation === query.get('organisation'))
    .filter((each) => wanted.length === 0 || wanted.includes(each.grade))
    .map((each) => ({
      id: each.id,
      revision: 1,
      detector: 'own',
      sensor: 'tokyo',
      source: query.get('source') ?? each.source,
      traffic: each.traffic,
      kind: each.cause === 'backscatter' ? 'backscatter' : 'scan',
      port: each.port,
      first: each.first,
      last: each.last,
      reported: each.last,
      ended: each.ended,
      aggressive: false,
      fields: {
        organisation: each.organisation,
        organisation_name: each.name,
        grade: each.grade,
        cause: each.cause,
        evidence: each.signs,
        against: each.grade === 'possible' ? ['ttl_scattered'] : [],
        ports: { [`tcp/${each.port}`]: each.packets },
        packets: each.packets,
        destinations: Math.min(each.packets, 900),
        minutes: 3,
      },
    }));
  return { items: query.get('source') ? items.slice(0, 1) : items, next: null };
}

/** What an import or a form is answered: a row with "wrong" in it is refused. */
export function taken(text, check) {
  const line = text.split('\n').findIndex((each) => each.includes('wrong')) + 1;
  if (line === 0) return { stored: !check, organisations: Math.max(1, text.trim().split('\n').length - 1), notes: [] };
  const error = { line, column: 'prefixes', reason: "'wrong' is no prefix.", remedy: 'Write 20.1.0.0/16 or 2a00:1::/32.' };
  return { status: 422, problem: { type: 'urn:hinomi:problem:rows', title: 'Rows are wrong', status: 422, detail: `Nothing was stored: line ${line}: ${error.reason}`, errors: [error], notes: [] } };
}
