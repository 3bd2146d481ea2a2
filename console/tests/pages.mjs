// Visits every page in both languages, both themes and two widths: in four ways, in which each language meets each theme
// and width, and each theme each width.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { accessible, listen, overflow, words } from './checks.mjs';

const HOST = '198.18.88.1';
export const PAGES = [
  { name: 'atlas', path: '/', ready: '[data-atlas="map"]' },
  { name: 'atlas-flat', path: '/?map=flat', ready: '[data-atlas="map"]', variants: 'few' },
  { name: 'overview', path: '/overview', ready: '[data-sentence]' },
  { name: 'overview-filtered', path: '/overview?class=udp,icmp&range=7d', ready: '[data-sentence]' },
  { name: 'host', path: `/hosts/${HOST}`, ready: '[data-verdict]' },
  { name: 'port', path: '/ports/tcp/23', ready: '[data-sentence]' },
  { name: 'network', path: '/networks/64496', ready: '[data-sentence]' },
  { name: 'search', path: '/search?q=telnet', ready: 'main a' },
  { name: 'alerts', path: `/alerts?alert=${String(902).padStart(32, '0')}`, ready: '[data-detail]' },
  { name: 'campaigns', path: '/campaigns', ready: '[data-campaign]', variants: 'few' },
  { name: 'campaign', path: `/campaigns/${String(300).padStart(32, '0')}`, ready: '[data-statement]', variants: 'few' },
  { name: 'scans', path: '/scans', ready: 'main td' },
  { name: 'victims', path: '/victims', ready: 'main td' },
  { name: 'organisations', path: '/organisations', ready: '[data-segment]', variants: 'few' },
  { name: 'organisation', path: '/organisations/harbour-isp', ready: 'main td', variants: 'few' },
  { name: 'changes', path: '/changes', ready: 'main td' },
  { name: 'devices', path: '/devices', ready: '[data-sentence]', variants: 'few' },
  { name: 'detectors', path: '/detectors', ready: '[data-detectors] td', variants: 'few' },
  { name: 'detector', path: '/detectors/scan', ready: '[data-detector]', variants: 'few' },
  { name: 'sensors', path: '/sensors', ready: 'article' },
  { name: 'people', path: '/people', ready: 'main td' },
  { name: 'keys', path: '/people?tab=keys', ready: 'main td' },
  { name: 'sensor-keys', path: '/people?tab=sensor-keys', ready: 'main td' },
  { name: 'audit', path: '/people?tab=audit', ready: 'main td' },
  { name: 'account', path: '/signin', ready: 'main h1' },
  { name: 'about', path: '/about', ready: 'main table' },
  { name: 'nowhere', path: '/no/such/page', ready: 'main h1' },
];
/** The states a page can be in, each by a scene of the mock. */
export const SCENES = [
  { name: 'empty', scene: 'empty', path: '/overview', ready: '.empty' },
  { name: 'failing', scene: 'failing', path: '/overview', ready: '[role="alert"]', allow: /503/ },
  { name: 'loading', scene: 'slow', path: '/overview', ready: '.skeleton' },
  { name: 'alerts-empty', scene: 'empty', path: '/alerts', ready: '[data-none]' },
  { name: 'campaigns-empty', scene: 'empty', path: '/campaigns', ready: '[data-none]' },
  { name: 'campaigns-failing', scene: 'failing', path: '/campaigns', ready: '[role="alert"]', allow: /503/ },
  { name: 'scans-empty', scene: 'empty', path: '/scans', ready: 'main td' },
  { name: 'victims-empty', scene: 'empty', path: '/victims', ready: 'main td' },
  { name: 'scans-failing', scene: 'failing', path: '/scans', ready: '[role="alert"]', allow: /503/ },
  { name: 'organisations-empty', scene: 'empty', path: '/organisations', ready: '[data-org-id]' },
  { name: 'atlas-empty', scene: 'empty', path: '/', ready: '[data-atlas="map"]' },
  { name: 'atlas-nogeo', scene: 'nogeo', path: '/', ready: '.note' },
  { name: 'host-unseen', scene: '', path: '/hosts/192.0.2.77', ready: '.sentence', allow: /404/ },
  { name: 'signin', scene: 'closed', path: '/overview', ready: 'input[type="password"]' },
  { name: 'setup', scene: 'setup', path: '/setup#token-1', ready: 'input[type="password"]' },
  { name: 'visitor', scene: 'visitor', path: '/sensors', ready: 'article' },
  { name: 'no-sensor', scene: 'nowhere', path: '/sensors', ready: 'main h2' },
];
const SETTLE_MS = 350;
const MAP_MS = 1_800;

async function look(page, { base, path, ready, name }, shots, variants, complaints) {
  const failures = [];
  await page.goto(base + path);
  await page.waitForSelector(ready, { timeout: 30_000, state: 'attached' });
  if (name.startsWith('atlas')) await page.waitForTimeout(MAP_MS);
  for (const { language, theme, width, axe } of variants) {
    const where = `${name} ${language} ${theme} ${width}`;
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: width > 800 ? 900 : 844 });
    if ((await page.evaluate(() => document.documentElement.lang)) !== language) await page.click('[data-language]');
    await page.waitForTimeout(name.startsWith('atlas') ? MAP_MS : SETTLE_MS);
    const found = [...(await overflow(page)), ...(await words(page, language)), ...(axe ? await accessible(page) : [])];
    failures.push(...found.map((each) => `${where}: ${each}`));
    if (shots) await page.screenshot({ path: join(shots, `${name}-${language}-${theme}-${width}.png`), fullPage: !name.startsWith('atlas') });
  }
  failures.push(...complaints.splice(0).map((each) => `${name}: ${each}`));
  return failures;
}

/** `axe`: the slow look for people with disabilities, once a theme and once a width. */
const VARIANTS = {
  pairs: [
    { language: 'ja', theme: 'dark', width: 1440, axe: true },
    { language: 'ja', theme: 'light', width: 390, axe: true },
    { language: 'en', theme: 'dark', width: 390, axe: false },
    { language: 'en', theme: 'light', width: 1440, axe: false },
  ],
  few: [
    { language: 'ja', theme: 'dark', width: 1440, axe: true },
    { language: 'en', theme: 'light', width: 390, axe: true },
  ],
};

/** Whether a page draws with WebGL; the others are looked at without, which costs half. */
export const drawn = (page) => page.name.startsWith('atlas');

/** One test a page; each gives its failures. `cookie` gives a session where one is needed. */
export function pageTests(browser, base, shots, { pages = PAGES, scenes = SCENES, cookie = async () => '' } = {}) {
  if (shots) mkdirSync(shots, { recursive: true });
  const one = (page, variants) => ({
    name: `page ${page.name}`,
    run: async () => {
      const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Asia/Tokyo' });
      const session = (await cookie()).split('; ').filter(Boolean).map((each) => each.split('='));
      await context.addCookies(session.map(([name, value]) => ({ name, value, url: base })));
      if (page.scene) await context.addCookies([{ name: 'mock', value: page.scene, url: base }]);
      const tab = await context.newPage();
      const complaints = listen(tab, base, page.allow);
      try {
        return await look(tab, { base, ...page }, shots, variants, complaints);
      } finally {
        await context.close();
      }
    },
  });
  return [...pages.map((page) => one(page, VARIANTS[page.variants ?? 'pairs'])), ...scenes.map((page) => one(page, VARIANTS.few))];
}
