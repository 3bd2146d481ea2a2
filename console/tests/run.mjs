// Runs the tests of the console. Builds it first unless there is a build.
// HINOMI_URL: check a running server instead of the mock (only what holds for any data; HINOMI_NAME and HINOMI_PASSWORD sign in).
// HINOMI_SHOTS: where pictures of the pages go (none are taken otherwise).   HINOMI_ONLY: a pattern of test names.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { startMock } from '../dev/mock.mjs';
import { behaviourTests } from './behaviour.mjs';
import { openBrowser } from './browser.mjs';
import { drawn, PAGES, pageTests, SCENES } from './pages.mjs';
import { serverTests } from './server.mjs';
import { unitTests } from './units.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const shots = process.env.HINOMI_SHOTS ?? null;
const only = process.env.HINOMI_ONLY ? new RegExp(process.env.HINOMI_ONLY) : null;
const counts = { passed: 0, failed: 0, skipped: 0 };

async function runOne(test) {
  const began = Date.now();
  let failures;
  try {
    failures = (await test.run()) ?? [];
  } catch (problem) {
    failures = [problem.message.split('\n').slice(0, 12).join('\n     ')];
  }
  const spent = ((Date.now() - began) / 1000).toFixed(1);
  counts[failures.length ? 'failed' : 'passed']++;
  console.log(`${failures.length ? 'FAIL' : ' ok '} ${test.name} (${spent} s)`);
  for (const each of failures) console.log(`     ${each}`);
}

/** So many at a time; more than one only of tests that share nothing. */
async function runAll(tests, lanes = 1) {
  const waiting = tests.filter((test) => !only || only.test(test.name));
  const lane = async () => {
    for (let test = waiting.shift(); test; test = waiting.shift()) await runOne(test);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

const url = process.env.HINOMI_URL?.replace(/\/$/, '');
if (!url) await runAll(await unitTests(root));
const browser = await openBrowser();
if (!browser) {
  console.log('SKIPPED: no Chromium here (set CHROMIUM to its path), so no page was looked at');
  counts.skipped++;
} else if (url) {
  await runAll(serverTests(browser, url, shots));
  await browser.close();
} else {
  if (!existsSync(join(root, 'dist/index.html')) || process.env.HINOMI_BUILD) await build({ root, logLevel: 'warn' });
  const server = await startMock();
  const base = `http://127.0.0.1:${server.address().port}`;
  const plain = await openBrowser({ webgl: false });
  const without = (page) => !drawn(page);
  await runAll(pageTests(plain, base, shots, { pages: PAGES.filter(without), scenes: SCENES.filter(without) }), 2);
  await plain.close();
  await runAll(pageTests(browser, base, shots, { pages: PAGES.filter(drawn), scenes: SCENES.filter(drawn) }));
  await runAll(behaviourTests(browser, base, openBrowser));
  await browser.close();
  server.closeAllConnections();
  server.close();
}
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed ? 1 : 0);
