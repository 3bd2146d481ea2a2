import { geoGraticule } from 'd3-geo';
import type { StyleSpecification } from 'maplibre-gl';
import type { Paints } from './paint';

export interface Shapes {
  land: GeoJSON.FeatureCollection;
  coast: GeoJSON.FeatureCollection;
  borders: GeoJSON.FeatureCollection;
}

export type Projection = 'globe' | 'flat';

const NOTHING: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

/** The whole map: sea, grid, land, borders, coast. No tile, glyph or sprite is fetched. */
export function mapStyle(paints: Paints, projection: Projection): StyleSpecification {
  const source = (data: GeoJSON.GeoJSON, tolerance = 0.2) => ({ type: 'geojson', data, maxzoom: 5, tolerance, buffer: 64 }) as const;
  return {
    version: 8,
    projection: { type: projection === 'globe' ? 'vertical-perspective' : 'mercator' },
    sources: {
      grid: source(geoGraticule().step([30, 30]).extentMajor([[-180, -84], [180, 84.01]])(), 0.5),
      land: source(NOTHING),
      borders: source(NOTHING),
      coast: source(NOTHING),
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': paints.sea } },
      { id: 'grid', type: 'line', source: 'grid', paint: { 'line-color': paints.grid, 'line-width': 0.8 } },
      {
        id: 'coast-glow',
        type: 'line',
        source: 'coast',
        paint: { 'line-color': paints.coast, 'line-width': 7, 'line-blur': 7, 'line-opacity': paints.dark ? 0.32 : 0.22 },
      },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': paints.land, 'fill-antialias': false } },
      {
        id: 'chosen',
        type: 'fill',
        source: 'land',
        filter: ['==', ['get', 'cc'], '-'],
        paint: { 'fill-color': paints.accent, 'fill-opacity': 0.35 },
      },
      { id: 'borders', type: 'line', source: 'borders', paint: { 'line-color': paints.border, 'line-width': 0.7 } },
      {
        id: 'coast',
        type: 'line',
        source: 'coast',
        paint: { 'line-color': paints.coast, 'line-width': 0.9, 'line-opacity': paints.dark ? 0.85 : 0.9 },
      },
    ],
  };
}
