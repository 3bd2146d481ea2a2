// What must hold on every page, whatever it shows.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Text that only stands on a page when words are missing. */
const BROKEN = /\{[a-z_]+\}|undefined|\bNaN\b|\[object|\b(?:atlas|bar|common|mark|error|state|origin|filter|top)\.[a-z][A-Za-z.]+\b/;

/** Collects what a page complains about. `allow` names console texts that a scene makes on purpose. */
export function listen(page, origin, allow = null) {
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !allow?.test(message.text())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob|about):/.test(url)) complaints.push(`outside request: ${url}`);
  });
  return complaints;
}

export async function overflow(page) {
  const wide = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return null;
    const far = [...document.querySelectorAll('body *')].find((each) => {
      const box = each.getBoundingClientRect();
      return box.right > limit + 1 && box.width > 0 && getComputedStyle(each).position !== 'fixed';
    });
    return `${document.documentElement.scrollWidth} px wide, from ${far?.tagName}.${far?.className}`;
  });
  return wide ? [`overflows: ${wide}`] : [];
}

export async function words(page, language) {
  const found = await page.evaluate(() => ({ lang: document.documentElement.lang, title: document.title, text: document.body.innerText }));
  const wrong = [];
  if (found.lang !== language) wrong.push(`lang is ${found.lang}, not ${language}`);
  const broken = BROKEN.exec(`${found.title}\n${found.text}`);
  if (broken) wrong.push(`broken text: "${broken[0]}"`);
  if (found.text.trim().length < 40) wrong.push('the page is nearly empty');
  if (language === 'ja' && !/[ぁ-んァ-ヶ]/.test(found.text)) wrong.push('no Japanese on the page');
  // Names that people gave (places, the language button) may be Japanese; kana sentences may not.
  if (language === 'en' && /[ぁ-ん]{3,}/.test(found.text)) wrong.push(`Japanese on an English page: ${/.{0,8}[ぁ-ん]{3,}.{0,8}/.exec(found.text)[0]}`);
  return wrong;
}

export async function accessible(page) {
  // Run by the debugger, which a content security policy does not stop.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const result = await page.evaluate(async () => {
    const report = await globalThis.axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return report.violations
      .filter((each) => each.impact === 'serious' || each.impact === 'critical')
      .map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
  });
  return result.map((each) => `axe ${each}`);
}
