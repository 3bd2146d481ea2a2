import type { MapArc } from '../api/types';

const RADIAN = Math.PI / 180;
/** How far the view leans from the sensor to where the packets come from. */
const LEAN = 0.45;
const MOST_LATITUDE = 32;

/** The place to look at: between the sensor and the middle of the sources, as longitude and latitude. */
export function between(sensor: readonly [number, number], arcs: readonly MapArc[]): [number, number] {
  const sum = [0, 0, 0];
  for (const { lat, lon, packets } of arcs) {
    if (lat === null || lon === null) continue;
    const weight = Math.sqrt(packets);
    for (const [axis, value] of onSphere(lon, lat).entries()) sum[axis]! += value * weight;
  }
  const length = Math.hypot(...sum);
  if (length === 0) return [...sensor];
  const home = onSphere(...sensor);
  const [x, y, z] = home.map((value, axis) => value * (1 - LEAN) + (sum[axis]! / length) * LEAN) as [number, number, number];
  const latitude = Math.atan2(y, Math.hypot(x, z)) / RADIAN;
  return [Math.atan2(x, z) / RADIAN, Math.max(-MOST_LATITUDE, Math.min(MOST_LATITUDE, latitude))];
}

function onSphere(lon: number, lat: number): [number, number, number] {
  return [
    Math.sin(lon * RADIAN) * Math.cos(lat * RADIAN),
    Math.sin(lat * RADIAN),
    Math.cos(lon * RADIAN) * Math.cos(lat * RADIAN),
  ];
}
