// A stand-in for the server: the whole API with made-up, repeatable data, and the built console if there is one.
// A cookie `mock=NAME` picks a scene: empty, failing, slow, closed, setup, nogeo, nowhere (no sensor), viewer, administrator.
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answer } from './mock/routes.mjs';

const DIST = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};
const POLICY = "default-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

function sendFile(path, response) {
  const safe = normalize(path).replace(/^(\.\.[/\\])+/, '');
  const wanted = join(DIST, safe);
  // A host's page ends like a file name: /hosts/198.18.0.1.
  const found = extname(safe) && existsSync(wanted) ? wanted : join(DIST, 'index.html');
  if (!existsSync(found) || (safe.startsWith('/assets/') && found !== wanted)) {
    response.writeHead(404).end('not found; run "npm run build" first');
    return;
  }
  response.writeHead(200, {
    'content-type': TYPES[extname(found)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'cache-control': safe.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  createReadStream(found).pipe(response);
}

export function startMock(port = 0) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://mock');
    if (url.pathname.startsWith('/api/v1/')) void answer(request, response, url);
    else sendFile(decodeURIComponent(url.pathname), response);
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await startMock(Number(process.env.PORT ?? 8790));
  console.log(`mock server on http://127.0.0.1:${server.address().port}`);
}
