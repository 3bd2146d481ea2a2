// Prints what the browser loads, and fails when the JavaScript without the map outgrows its limit.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 250;
/** Loaded after the frame: the map library, its worker and the code that draws with it. */
const MAP = /^(maplibre|world)/;
const folder = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', 'dist', 'assets');
let first = 0;
for (const name of readdirSync(folder).sort()) {
  const bytes = readFileSync(join(folder, name));
  const packed = gzipSync(bytes).length / 1000;
  const counted = name.endsWith('.js') && !MAP.test(name);
  if (counted) first += packed;
  console.log(`${name.padEnd(44)} ${(bytes.length / 1000).toFixed(1).padStart(8)} kB  ${packed.toFixed(1).padStart(7)} kB gzip${counted ? '' : '  (later)'}`);
}
console.log(`JavaScript of all pages without the map: ${first.toFixed(1)} kB gzip, limit ${LIMIT_KB}`);
process.exit(first > LIMIT_KB ? 1 : 0);
