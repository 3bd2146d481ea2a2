// Gives the Atlas its land shapes: world-atlas TopoJSON, cut at the antimeridian, as plain GeoJSON files in /assets.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoEquirectangular, geoStream } from 'd3-geo';
import { feature, mesh } from 'topojson-client';

const require = createRequire(import.meta.url);
const NAME = 'virtual:world';
const DETAILS = ['110m', '50m'];

const codes = new Map(
  JSON.parse(readFileSync(require.resolve('i18n-iso-countries/codes.json'), 'utf8')).map(([two, , number]) => [number, two]),
);

/** Rings or lines in degrees, cut where they cross 180°: MapLibre draws a longer way round otherwise. */
function cut(geometry, closed, digits) {
  const apart = digits > 1 ? 0.05 : 0;
  const lines = [];
  let line = null;
  const close = () => {
    if (line && line.length > 1) lines.push(line);
    line = null;
  };
  const sink = {
    point(x, y) {
      const next = [+x.toFixed(digits), +Math.max(-90, Math.min(90, -y)).toFixed(digits)];
      const last = line?.at(-1);
      if (line && !(last && Math.hypot(last[0] - next[0], last[1] - next[1]) <= apart)) line.push(next);
    },
    lineStart() {
      line = [];
    },
    lineEnd() {
      if (closed && line?.length > 2) line.push(line[0]);
      close();
    },
    polygonStart() {},
    polygonEnd() {},
  };
  const plate = geoEquirectangular()
    .scale(180 / Math.PI)
    .translate([0, 0])
    .precision(0);
  geoStream(geometry, plate.stream(sink));
  return lines.filter((each) => !closed || each.length > 3);
}

function area(ring) {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) sum += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return sum / 2;
}

/** A hole follows the ring it lies in; d3 gives outer rings one direction and holes the other. */
function polygons(rings, smallest) {
  const out = [];
  for (const ring of rings) {
    const size = area(ring);
    if (Math.abs(size) < smallest) continue;
    if (size < 0 || out.length === 0) out.push([ring]);
    else out.at(-1).push(ring);
  }
  return out;
}

function shapes(detail) {
  const topology = JSON.parse(readFileSync(require.resolve(`world-atlas/countries-${detail}.json`), 'utf8'));
  const fine = detail === '50m';
  const digits = fine ? 2 : 1;
  const countries = topology.objects.countries;
  const land = feature(topology, countries).features.map((each) => ({
    type: 'Feature',
    properties: { cc: codes.get(String(each.id).padStart(3, '0')) ?? '' },
    geometry: { type: 'MultiPolygon', coordinates: polygons(cut(each.geometry, true, digits), fine ? 0.02 : 0.3) },
  }));
  const lines = (filter) => ({
    type: 'Feature',
    properties: {},
    geometry: { type: 'MultiLineString', coordinates: cut(mesh(topology, countries, filter), false, digits) },
  });
  const coast = lines((a, b) => a === b);
  // The cut itself and the pole are no coast.
  coast.geometry.coordinates = coast.geometry.coordinates.filter(
    (line) => !line.every(([x, y]) => Math.abs(x) > 179.9 || y < -84),
  );
  const collection = (features) => ({ type: 'FeatureCollection', features });
  return JSON.stringify({ land: collection(land), coast: collection([coast]), borders: collection([lines((a, b) => a !== b)]) });
}

export function worldShapes() {
  let building = false;
  return {
    name: 'world-shapes',
    config(_, { command }) {
      building = command === 'build';
    },
    resolveId(id) {
      return id === NAME ? `\0${NAME}` : undefined;
    },
    load(id) {
      if (id !== `\0${NAME}`) return undefined;
      const address = (detail) => {
        if (!building) return JSON.stringify(`/world-${detail}.json`);
        const reference = this.emitFile({ type: 'asset', name: `world-${detail}.json`, source: shapes(detail) });
        return `import.meta.ROLLUP_FILE_URL_${reference}`;
      };
      return `export const coarse = ${address(DETAILS[0])};\nexport const fine = ${address(DETAILS[1])};\n`;
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const detail = /^\/world-(\d+m)\.json$/.exec(request.url ?? '')?.[1];
        if (!detail || !DETAILS.includes(detail)) return next();
        response.setHeader('content-type', 'application/json');
        response.end(shapes(detail));
      });
    },
  };
}
