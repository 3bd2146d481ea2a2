// What a person does, step by step, against the mock.
import assert from 'node:assert/strict';
import { startMock } from '../dev/mock.mjs';
import { listen, overflow } from './checks.mjs';
import { PAGES } from './pages.mjs';

const atlas = async (page, base, path = '/') => {
  await page.goto(base + path);
  await page.waitForSelector('[data-atlas="map"]', { timeout: 30_000 });
  await page.waitForFunction(() => Number(document.querySelector('canvas[data-arcs]')?.dataset.arcs) > 0, null, { timeout: 20_000 });
};
const query = (page) => new URL(page.url()).searchParams;

const TESTS = {
  'switching the language changes the words at once and is remembered': async (page, base) => {
    await page.goto(`${base}/about`);
    await page.waitForSelector('main h1');
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
    await page.click('[data-language]');
    await page.waitForSelector('text=火の見について');
    await page.reload();
    await page.waitForSelector('text=火の見について');
  },
  'choosing a theme holds against the system': async (page, base) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(`${base}/about`);
    await page.click('[aria-label="Your account"]');
    await page.click('[data-theme-choice="light"]');
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), 'rgb(251, 250, 247)');
  },
  'a class in the legend filters, and its link shows the same': async (page, base) => {
    await atlas(page, base);
    await page.click('.legend [data-class="udp"]');
    assert.equal(query(page).get('class'), 'udp');
    await page.click('.legend [data-class="icmp"]');
    assert.equal(query(page).get('class'), 'udp,icmp');
    await page.click('nav a[href^="/overview"]');
    await page.waitForSelector('[data-sentence]');
    assert.equal(query(page).get('class'), 'udp,icmp');
    await page.click('[data-filter="class"]');
    assert.equal(query(page).get('class'), null);
    await page.goBack();
    assert.equal(query(page).get('class'), 'udp,icmp');
  },
  'leaving while the map is still opening does no harm': async (page, base) => {
    await page.goto(base);
    for (const path of ['/overview', '/', '/about', '/', '/sensors']) {
      await page.click(`nav a[href="${path}"]`);
      await page.waitForTimeout(90);
    }
    await page.waitForTimeout(2_000);
    await page.waitForSelector('article');
  },
  'pausing freezes counters and arcs, resuming goes on': async (page, base) => {
    await atlas(page, base);
    await page.waitForSelector('[data-counters] dd');
    await page.click('[aria-label="Pause live data"]');
    const reading = () => page.evaluate(() => [document.querySelector('[data-counters]').innerText, document.querySelector('canvas[data-arcs]').dataset.arcs].join());
    // Frames that were under way when the click came may still be shown on a busy machine.
    let before = '';
    for (let tries = 0; tries < 15 && before !== (before = await reading()); tries++) await page.waitForTimeout(1_000);
    await page.waitForTimeout(2_500);
    assert.equal(await reading(), before);
    await page.click('[aria-label="Resume live data"]');
    for (let tries = 0; tries < 15 && before === (await reading()); tries++) await page.waitForTimeout(1_000);
    assert.notEqual(await reading(), before);
  },
  'new scan events wait behind a button, and the rows that are read stay where they are': async (page, base) => {
    const first = (lines) => lines[0].split('\t')[0].trim();
    const rows = () => page.locator('main tbody tr').allInnerTexts();
    for (const [path, words] of [['/scans?country=BR', 'Show 2 new'], ['/scans?country=BR', '新しい 2 件を表示']]) {
      let more = false;
      const asked = [];
      await page.route('**/api/v1/detections?*', async (route) => {
        const asks = new URL(route.request().url()).searchParams;
        asked.push(asks.get('country'));
        const answer = await route.fetch();
        const body = await answer.json();
        const [one] = body.items;
        if (more && asks.get('detector') === 'scan') {
          body.items = [
            { ...one, id: 'a'.repeat(32), source: '192.0.2.77' },
            { ...one, id: 'b'.repeat(32), source: '192.0.2.78' },
            { ...one, fields: { ...one.fields, packets: 7_654_321 } },
            ...body.items.slice(1),
          ];
        }
        await route.fulfill({ response: answer, json: body });
      });
      await page.goto(base + path);
      await page.waitForSelector('main tbody td a');
      const before = await rows();
      more = true;
      await page.waitForSelector('[data-new]', { timeout: 20_000 });
      assert.equal((await page.locator('[data-new]').innerText()).trim(), words);
      const now = await rows();
      assert.equal(now.length, before.length);
      assert.equal(first(now), first(before));
      assert.match(now[0], /7\.65|765/);
      await page.click('[data-new]');
      await page.waitForSelector('text=192.0.2.77');
      assert.equal(await page.locator('[data-new]').count(), 0);
      assert.ok(asked.every((country) => country === 'BR'));
      await page.unroute('**/api/v1/detections?*');
      await page.click('[data-language]');
    }
  },
  'the queue is worked through with the keyboard: next, acknowledge, mute with a reason and an end': async (page, base) => {
    await page.goto(`${base}/alerts?severity=high`);
    await page.waitForSelector('[data-alert]');
    const before = await page.locator('[data-alert]').count();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.waitForSelector('[data-detail]');
    const chosen = query(page).get('alert');
    await page.keyboard.press('a');
    await page.waitForFunction((id) => !document.querySelector(`[data-alert="${id}"]`), chosen);
    assert.equal(await page.locator('[data-alert]').count(), before - 1);
    assert.notEqual(query(page).get('alert'), chosen);
    await page.keyboard.press('m');
    await page.waitForSelector('dialog[open]');
    assert.equal(await page.locator('dialog .button.main').isEnabled(), true);
    await page.click('dialog .button.main');
    await page.waitForSelector('dialog[open]');
    await page.fill('[data-reason]', 'Known and told');
    await page.click('dialog .button.main');
    await page.waitForSelector('dialog', { state: 'detached' });
    await page.waitForSelector('text=Known and told');
    await page.click('[data-state="acknowledged"]');
    await page.waitForSelector(`[data-alert="${chosen}"]`);
    assert.equal(query(page).get('severity'), 'high');
  },
  'the slash key searches and the arrow keys choose': async (page, base) => {
    await page.goto(`${base}/about`);
    await page.waitForSelector('[role="combobox"]');
    await page.keyboard.press('/');
    await page.keyboard.type('telnet');
    await page.waitForSelector('[role="option"]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/ports/tcp/**');
  },
  'looking back holds the past on the map until going live again': async (page, base) => {
    await atlas(page, base);
    await page.locator('.back input[type="range"]').fill('120');
    await page.waitForSelector('[data-lookback="true"]');
    assert.ok(query(page).get('from') && query(page).get('to'));
    await page.waitForFunction(() => Number(document.querySelector('canvas[data-arcs]').dataset.arcs) > 100);
    await page.click('text=Back to live');
    await page.waitForSelector('[data-lookback="false"]');
    assert.equal(query(page).get('from'), null);
  },
  'brushing the timeline sets the shared range, and back undoes it': async (page, base) => {
    await page.goto(`${base}/overview`);
    await page.waitForSelector('.u-over');
    await page.waitForSelector('[data-sentence]');
    const before = await page.innerText('[data-sentence]');
    const box = await page.locator('.u-over').boundingBox();
    await page.mouse.move(box.x + box.width * 0.3, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + 60, { steps: 6 });
    await page.mouse.up();
    await page.waitForFunction(() => location.search.includes('from='));
    await page.waitForFunction((old) => document.querySelector('[data-sentence]').innerText !== old, before);
    await page.goBack();
    assert.equal(query(page).get('from'), null);
  },
  'a range is picked with the keyboard': async (page, base) => {
    await page.goto(`${base}/overview`);
    await page.waitForSelector('[data-sentence]');
    await page.focus('[aria-label^="Time range"]');
    await page.keyboard.press('Enter');
    await page.click('text=Last 6 hours');
    assert.equal(query(page).get('range'), '6h');
  },
  'every row of a ranking leads on': async (page, base) => {
    await page.goto(`${base}/overview`);
    await page.click('section[aria-label="Countries"] td a');
    await page.waitForSelector('[data-filter="country"]');
    await page.click('section[aria-label="Ports"] td .only');
    await page.waitForSelector('[data-filter="port"]');
    await page.click('section[aria-label="Sources"] td a');
    await page.waitForSelector('[data-verdict]');
  },
  'tables stand in for charts': async (page, base) => {
    await page.goto(`${base}/overview`);
    await page.click('text=Show as a table');
    await page.waitForSelector('section[aria-label="Packets over time by class"] tbody tr');
    assert.match(await page.innerText('section[aria-label="Packets over time by class"]'), /not observed/);
  },
  'wall mode fills the screen and Escape leaves it': async (page, base) => {
    await atlas(page, base);
    await page.click('.tools [title="Wall"]');
    await page.waitForSelector('.atlas.wall');
    assert.equal(await page.locator('header').count(), 0);
    assert.match(await page.innerText('.explain'), /arc/);
    await page.keyboard.press('Escape');
    await page.waitForSelector('header');
  },
  'globe and flat are one click apart': async (page, base) => {
    await atlas(page, base);
    await page.click('.tools [title="Flat"]');
    assert.equal(query(page).get('map'), 'flat');
    await page.waitForTimeout(800);
    await page.click('.tools [title="Globe"]');
    assert.equal(query(page).get('map'), null);
  },
  'drawing 500 arcs takes at most 8 ms of script a frame': async (page, base) => {
    await page.context().addCookies([{ name: 'mock', value: 'busy', url: base }]);
    await atlas(page, base);
    await page.waitForFunction(() => Number(document.querySelector('canvas[data-arcs]').dataset.arcs) >= 480, null, { timeout: 30_000 });
    const { script, arcs } = await page.evaluate(() => ({ ...document.querySelector('canvas[data-arcs]').dataset }));
    console.log(`   ${script} ms of script a frame with ${arcs} arcs in the air`);
    assert.ok(Number(script) <= 8, `${script} ms`);
  },
  'with reduced motion packets are pulses': async (page, base) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await atlas(page, base);
  },
  'nothing is wider than a 360 pixel screen': async (page, base) => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const each of PAGES) {
      await page.goto(base + each.path);
      await page.waitForSelector(each.ready, { state: 'attached', timeout: 30_000 });
      await page.waitForTimeout(200);
      assert.deepEqual(await overflow(page), [], each.name);
    }
  },
  'a viewer is not offered what only administrators may do': async (page, base) => {
    await page.context().addCookies([{ name: 'mock', value: 'viewer', url: base }]);
    await page.goto(`${base}/sensors`);
    await page.waitForSelector('article');
    assert.equal(await page.locator('nav a[href^="/people"]').count(), 0);
  },
  'the ring leads by keyboard to an organisation, and wrong rows are told where they are': async (page, base) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`${base}/organisations`);
    await page.waitForSelector('[data-segment]');
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.pulse')).animationName), 'none');
    await page.setInputFiles('[data-org-file]', { name: 'rows.csv', mimeType: 'text/csv', buffer: Buffer.from('id,name\na,A\nb,wrong\n') });
    await page.locator('form:has([data-org-file]) button.main').click();
    assert.match(await page.locator('[data-rows] tbody').innerText(), /3\s+prefixes/);
    await page.fill('[data-org-id]', 'clinic');
    await page.fill('[data-org-name]', 'Clinic');
    await page.fill('[data-org-prefixes]', '192.0.2.0/24');
    await page.locator('form:has([data-org-id]) button.main').click();
    await page.waitForSelector('[data-stored]');
    await page.focus('[data-segment="harbour-isp"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/organisations/harbour-isp**');
    await page.waitForSelector('main tbody td a');
    const all = await page.locator('main tbody tr').count();
    await page.click('[data-sure]');
    await page.waitForFunction((before) => document.querySelectorAll('main tbody tr').length < before, all);
  },
  'visitors and viewers see no machine of an organisation': async (page, base) => {
    await page.context().addCookies([{ name: 'mock', value: 'visitor', url: base }]);
    await page.goto(`${base}/organisations`);
    await page.waitForSelector('main a[href="/signin"]');
    assert.equal(await page.locator('[data-segment]').count(), 0);
    await page.context().addCookies([{ name: 'mock', value: 'viewer', url: base }]);
    await page.reload();
    await page.waitForSelector('g[data-segment]');
    assert.equal(await page.locator('a[data-segment], [data-org-id]').count(), 0);
    assert.ok(!(await page.innerText('main')).includes('192.0.2.'));
  },
  'campaigns are filtered in the address, opened by keyboard, read as a table and given a name': async (page, base) => {
    await page.goto(`${base}/campaigns`);
    await page.waitForSelector('[data-campaign]');
    const all = await page.locator('[data-campaign]').count();
    await page.click('[data-state="active"]');
    await page.waitForFunction((before) => document.querySelectorAll('[data-campaign]').length < before, all);
    await page.click('summary');
    await page.fill('input[name="port"]', 'tcp/37215');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-filter="port"]');
    assert.equal(query(page).get('port'), 'tcp/37215');
    assert.equal(query(page).get('state'), 'active');
    await page.waitForFunction(() => document.querySelectorAll('[data-campaign]').length === 1);
    await page.focus('[data-campaign]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-statement]');
    await page.click('section[aria-label="Growth by day"] .end button');
    assert.equal(await page.locator('section[aria-label="Growth by day"] tbody tr').count(), 9);
    await page.fill('[data-name]', 'Spring worm');
    await page.click('form:has([data-name]) .button.main');
    await page.waitForSelector('h1:text-is("Spring worm")');
    await page.click('section[aria-label="Where it came from, where it went"] a');
    await page.waitForFunction(() => document.querySelector('h1')?.innerText.includes('heron'));
    await page.context().addCookies([{ name: 'mock', value: 'viewer', url: base }]);
    await page.reload();
    await page.waitForSelector('text=redacted');
    assert.equal(await page.locator('[data-name]').count(), 0);
  },
  'a new key is shown once': async (page, base) => {
    await page.goto(`${base}/people?tab=keys`);
    await page.fill('input[maxlength]', 'export');
    await page.click('text=Make the key');
    assert.match(await page.innerText('[data-key]'), /^hk_/);
  },
};

const OWN = {
  'without WebGL the table stands in for the map': async (openBrowser, base) => {
    const browser = await openBrowser({ webgl: false });
    try {
      const page = await browser.newPage({ locale: 'en-GB' });
      await page.goto(base);
      await page.waitForSelector('[data-atlas="table"] tbody tr', { timeout: 20_000 });
      assert.match(await page.innerText('.note'), /WebGL/);
    } finally {
      await browser.close();
    }
  },
  'the live stream comes back after the server was away': async (openBrowser) => {
    let server = await startMock(0);
    const { port } = server.address();
    const browser = await openBrowser();
    try {
      const page = await browser.newPage({ locale: 'en-GB' });
      await page.goto(`http://127.0.0.1:${port}/about`);
      await page.waitForSelector('[data-live="open"]');
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await page.waitForSelector('[data-live="lost"]');
      server = await startMock(port);
      await page.waitForSelector('[data-live="open"]', { timeout: 20_000 });
    } finally {
      await browser.close();
      server.closeAllConnections();
      server.close();
    }
  },
};

export function behaviourTests(browser, base, openBrowser) {
  const shared = Object.entries(TESTS).map(([name, run]) => ({
    name,
    run: async () => {
      const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Asia/Tokyo', viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      // A refusal of rows is what one of them is about.
      const complaints = listen(page, base, /status of 422/);
      try {
        await run(page, base);
      } finally {
        await context.close();
      }
      return complaints;
    },
  }));
  const own = Object.entries(OWN).map(([name, run]) => ({ name, run: async () => ((await run(openBrowser, base)), []) }));
  return [...shared, ...own];
}
