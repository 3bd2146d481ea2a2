// The mock's made-up world: places, networks, tools and sources, always the same for the same seed.

export function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** country, city, latitude, longitude, weight, first AS number, network name */
export const POOL_PLACES = [
  ['CN', 'Shanghai', 31.2, 121.5, 16, 64496, 'Example Backbone Shanghai'],
  ['CN', 'Shenzhen', 22.5, 114.1, 12, 64497, 'Example South Net'],
  ['CN', 'Beijing', 39.9, 116.4, 10, 64496, 'Example Backbone Shanghai'],
  ['US', 'Ashburn', 39.0, -77.5, 12, 64500, 'Example Cloud East'],
  ['US', 'San Francisco', 37.8, -122.4, 9, 64501, 'Example Compute West'],
  ['US', 'Dallas', 32.8, -96.8, 5, 64500, 'Example Cloud East'],
  ['NL', 'Amsterdam', 52.4, 4.9, 11, 64502, 'Example Hosting NL'],
  ['RU', 'Moscow', 55.8, 37.6, 8, 64503, 'Example Telecom RU'],
  ['BR', 'São Paulo', -23.5, -46.6, 9, 64504, 'Example Banda Larga'],
  ['BR', 'Fortaleza', -3.7, -38.5, 4, 64504, 'Example Banda Larga'],
  ['IN', 'Mumbai', 19.1, 72.9, 8, 64505, 'Example Broadband India'],
  ['IN', 'Chennai', 13.1, 80.3, 4, 64505, 'Example Broadband India'],
  ['VN', 'Hanoi', 21.0, 105.8, 7, 64506, 'Example Post Telecom'],
  ['TW', 'Taipei', 25.0, 121.6, 5, 64507, 'Example Island Net'],
  ['KR', 'Seoul', 37.6, 127.0, 5, 64508, 'Example Korea Line'],
  ['ID', 'Jakarta', -6.2, 106.8, 5, 64509, 'Example Nusantara'],
  ['TR', 'Istanbul', 41.0, 29.0, 4, 64510, 'Example Anatolia'],
  ['EG', 'Cairo', 30.0, 31.2, 4, 64511, 'Example Nile Data'],
  ['ZA', 'Johannesburg', -26.2, 28.0, 3, 64512, 'Example Cape Fibre'],
  ['NG', 'Lagos', 6.5, 3.4, 2, 64513, 'Example Gulf of Guinea'],
  ['DE', 'Frankfurt', 50.1, 8.7, 5, 64514, 'Example Rechenzentrum'],
  ['FR', 'Paris', 48.9, 2.4, 3, 64515, 'Example Réseau'],
  ['GB', 'London', 51.5, -0.1, 4, 64516, 'Example Thames'],
  ['MX', 'Mexico City', 19.4, -99.1, 3, 64517, 'Example Altiplano'],
  ['AR', 'Buenos Aires', -34.6, -58.4, 2, 64518, 'Example Pampa'],
  ['AU', 'Sydney', -33.9, 151.2, 2, 64519, 'Example Southern Cross'],
  ['JP', 'Osaka', 34.7, 135.5, 2, 64520, 'Example Kansai'],
  ['IR', 'Tehran', 35.7, 51.4, 3, 64521, 'Example Plateau'],
  ['PK', 'Karachi', 24.9, 67.0, 3, 64522, 'Example Indus'],
  ['UA', 'Kyiv', 50.5, 30.5, 2, 64523, 'Example Dnipro'],
  ['CO', 'Bogotá', 4.7, -74.1, 2, 64524, 'Example Andes'],
  ['??', null, null, null, 2, null, null],
];

/** class, protocol, port, service, family, weight, source share of the pool, kind */
const HABITS = [
  ['tcp_syn', 6, 23, 'telnet', 'mirai', 30, 'scan'],
  ['tcp_syn', 6, 2323, 'telnet', 'mirai', 6, 'scan'],
  ['tcp_syn', 6, 22, 'ssh', null, 13, 'scan'],
  ['tcp_syn', 6, 80, 'http', 'zmap', 9, 'scan'],
  ['tcp_syn', 6, 443, 'https', 'zmap', 8, 'scan'],
  ['tcp_syn', 6, 445, 'microsoft-ds', null, 7, 'scan'],
  ['tcp_syn', 6, 3389, 'ms-wbt-server', 'masscan', 6, 'scan'],
  ['tcp_syn', 6, 8080, 'http-alt', 'masscan', 6, 'scan'],
  ['tcp_syn', 6, 5555, 'adb', 'mirai', 5, 'scan'],
  ['tcp_syn', 6, 37215, 'huawei-hg', 'mirai', 4, 'scan'],
  ['tcp_syn', 6, 60023, null, null, 3, 'scan'],
  ['udp', 17, 53, 'domain', null, 5, 'scan'],
  ['udp', 17, 5060, 'sip', null, 6, 'scan'],
  ['udp', 17, 123, 'ntp', null, 3, 'scan'],
  ['udp', 17, 1900, 'ssdp', 'zmap', 3, 'scan'],
  ['udp', 17, 37810, 'dhdiscover', null, 2, 'scan'],
  ['tcp_syn_ack', 6, 50321, null, null, 5, 'backscatter'],
  ['tcp_reset', 6, 41022, null, null, 4, 'backscatter'],
  ['icmp', 1, 8, 'echo', null, 5, 'scan'],
  ['tcp_ack', 6, 34567, 'dvr', null, 2, 'other'],
  ['tcp_fin', 6, 49152, 'upnp', 'nmap', 1, 'scan'],
  ['tcp_push', 6, 9530, 'dvrip', null, 1, 'other'],
  ['tcp_other', 6, 7547, 'cwmp', 'unicornscan', 2, 'other'],
  ['other', 47, 0, null, null, 0.5, 'other'],
];

export const CLASSES = ['tcp_syn', 'tcp_syn_ack', 'tcp_ack', 'tcp_fin', 'tcp_reset', 'tcp_push', 'tcp_other', 'udp', 'icmp', 'other'];
export const PROTOCOLS = { 1: 'icmp', 6: 'tcp', 17: 'udp', 47: 'ip' };
export const IOT = new Set([23, 2323, 5555, 37215, 7547, 1900, 37810, 34567, 9530, 49152]);

function pick(random, list, weight) {
  let rest = random() * list.reduce((sum, each) => sum + weight(each), 0);
  return list.find((each) => (rest -= weight(each)) <= 0) ?? list.at(-1);
}

/** Each line is one source's habit: who sends what, from where, how much. All answers are sums over these lines. */
export function lines(count = 1800, seed = 20260314) {
  const random = dice(seed);
  const made = [];
  while (made.length < count) {
    const [country, city, lat, lon, , asn, org] = pick(random, POOL_PLACES, (each) => each[4]);
    const index = made.length;
    const address = `198.${18 + (index % 2)}.${(index * 7) % 256}.${1 + ((index * 13) % 250)}`;
    const habits = 1 + Math.floor(random() * 3);
    for (let i = 0; i < habits && made.length < count; i++) {
      const [cls, proto, port, service, family, , kind] = pick(random, HABITS, (each) => each[5]);
      made.push({
        address,
        country,
        city,
        lat: lat === null ? null : lat + (random() - 0.5) * 3,
        lon: lon === null ? null : lon + (random() - 0.5) * 3,
        asn,
        org,
        cls,
        proto,
        port,
        service,
        family,
        kind,
        sensor: random() < 0.72 ? 'tokyo' : 'fukuoka',
        weight: Math.exp(random() * 4.2) / 22,
        phase: random(),
        night: random(),
      });
    }
  }
  return made;
}
