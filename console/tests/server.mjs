// Checks of a running server: what holds for any data.
import { read, signIn } from './session.mjs';
import { pageTests } from './pages.mjs';

/** Pages that exist on every server; hosts, ports and networks are taken from what it has seen. */
export function serverTests(browser, base, shots) {
  const cookie = () => signIn(base);
  const plain = [
    { name: 'atlas', path: '/', ready: '[data-atlas="map"], [data-atlas="table"]' },
    { name: 'overview', path: '/overview', ready: '[data-sentence]' },
    { name: 'search', path: '/search?q=tcp/23', ready: 'main li' },
    { name: 'sensors', path: '/sensors', ready: 'main h2' },
    { name: 'about', path: '/about', ready: 'main h1' },
    { name: 'port', path: '/ports/tcp/23', ready: '[data-sentence]' },
  ];
  const seen = {
    name: 'the busiest host and network can be opened',
    run: async () => {
      const top = async (what) => (await read(base, `/top/${what}?limit=1`)).items[0];
      const [source, network] = [await top('sources'), await top('networks')];
      const pages = [
        ...(source ? [{ name: 'host', path: `/hosts/${source.address}`, ready: '[data-verdict]' }] : []),
        ...(network ? [{ name: 'network', path: `/networks/${network.asn}`, ready: '[data-sentence]' }] : []),
      ];
      const failures = [];
      for (const test of pageTests(browser, base, shots, { pages, scenes: [], cookie })) failures.push(...(await test.run()));
      return failures;
    },
  };
  return [...pageTests(browser, base, shots, { pages: plain, scenes: [], cookie }), seen];
}
