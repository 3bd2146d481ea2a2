// Tests of the parts that need no browser.
import assert from 'node:assert/strict';
import { createServer } from 'vite';

const braces = (message) => [...JSON.stringify(message).matchAll(/\{(\w+)\}/g)].map((each) => each[1]).sort();

export async function unitTests(root) {
  const vite = await createServer({ root, server: { middlewareMode: true, hmr: false, ws: false }, appType: 'custom', logLevel: 'error', optimizeDeps: { noDiscovery: true } });
  const load = (path) => vite.ssrLoadModule(path);
  const tests = {
    'both languages have every sentence with the same parameters': async () => {
      const { en } = await load('/src/words/en.ts');
      const { ja } = await load('/src/words/ja.ts');
      assert.deepEqual(Object.keys(ja).sort(), Object.keys(en).sort());
      for (const key of Object.keys(en)) {
        const wanted = [...new Set(braces(en[key]))];
        assert.deepEqual([...new Set(braces(ja[key]))], wanted, key);
      }
    },
    'a layer that was not observed leaves a gap, not a zero': async () => {
      const { stacked, unseenSpans } = await load('/src/parts/chart.ts');
      const layers = [{ values: [1, null, 3] }, { values: [2, null, null] }];
      assert.deepEqual(stacked(layers, 3), [[1, null, 3], [3, null, 3]]);
      assert.deepEqual(unseenSpans([3, null, null, 3], [0, 60, 120, 180], 60, []), [[60, 180]]);
    },
    'steps that the range only cuts are left out of the picture': async () => {
      const { wholeSteps } = await load('/src/parts/chart.ts');
      const times = [0, 60, 120, 180, 240];
      const at = (seconds) => new Date(seconds * 1000).toISOString();
      assert.deepEqual(wholeSteps(times, 60, { from: at(30), to: at(270) }), [1, 4]);
      assert.deepEqual(wholeSteps(times, 60, { from: at(0), to: at(300) }), [0, 5]);
    },
    'a source filter takes addresses and prefixes of both families': async () => {
      const { within } = await load('/src/atlas/prefix.ts');
      assert.ok(within('198.18.7.9', '198.18.0.0/16') && within('198.18.7.9', '198.18.7.9') && within('2001:db8::1', '2001:db8::/32'));
      assert.ok(!within('198.19.7.9', '198.18.0.0/16') && !within('2001:db9::1', '2001:db8::/32') && !within('198.18.7.9', '2001:db8::/32'));
    },
    'the sun stands over the equator at noon of the equinox': async () => {
      const { sunAt } = await load('/src/atlas/sun.ts');
      const [x, y, z] = sunAt(new Date('2026-03-20T12:07:00Z'));
      assert.ok(Math.abs(x) < 0.02 && Math.abs(y) < 0.01 && z > 0.99, `${x} ${y} ${z}`);
      assert.ok(sunAt(new Date('2026-06-21T12:00:00Z'))[1] > 0.39);
    },
    'arcs rise with the port number': async () => {
      const { arcHeight } = await load('/src/atlas/arcs.ts');
      const heights = [0, 23, 80, 445, 8080, 37215, 65535].map(arcHeight);
      assert.deepEqual([...heights].sort((a, b) => a - b), heights);
      assert.equal(new Set(heights).size, heights.length);
    },
    'the globe turns towards the sources but keeps the sensor in sight': async () => {
      const { between } = await load('/src/atlas/middle.ts');
      assert.deepEqual(between([139, 35], []), [139, 35]);
      const [lon] = between([139, 35], [{ lat: 30, lon: 80, packets: 10 }]);
      assert.ok(lon > 80 && lon < 139, String(lon));
    },
    'a slow machine draws less, a quick one all': async () => {
      const { Pace } = await load('/src/atlas/pace.ts');
      const pace = new Pace();
      let now = 0;
      const run = (spent, times) => Array.from({ length: times }, () => pace.frame((now += spent), spent)).some(Boolean);
      assert.ok(!run(16, 600) && !pace.thrifty);
      assert.ok(run(200, 40) && pace.thrifty);
      assert.ok(run(16, 1200) && !pace.thrifty);
    },
    'each class has its own colour and mark in both themes': async () => {
      const { CLASSES } = await load('/src/classes.ts');
      for (const name of ['id', 'dark', 'light', 'mark']) assert.equal(new Set(CLASSES.map((each) => each[name])).size, CLASSES.length, name);
    },
  };
  const list = Object.entries(tests).map(([name, run]) => ({ name, run: async () => ((await run()), []) }));
  return [...list, { name: 'the unit tests end', run: async () => ((await vite.close()), []) }];
}
