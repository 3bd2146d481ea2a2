/** Unit vector to the sun in the globe's axes, good to about half a degree (the Astronomical Almanac's short form). */
export function sunAt(time: Date): [number, number, number] {
  const days = time.getTime() / 86_400_000 - 10_957.5; // since 2000-01-01 12:00 UTC
  const degree = Math.PI / 180;
  const mean = (280.46 + 0.9856474 * days) * degree;
  const anomaly = (357.528 + 0.9856003 * days) * degree;
  const ecliptic = mean + (1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * degree;
  const tilt = (23.439 - 0.0000004 * days) * degree;
  const declination = Math.asin(Math.sin(tilt) * Math.sin(ecliptic));
  const ascension = Math.atan2(Math.cos(tilt) * Math.sin(ecliptic), Math.cos(ecliptic));
  const greenwich = (280.46062 + 360.9856474 * days) * degree;
  const longitude = ascension - greenwich;
  return [
    Math.sin(longitude) * Math.cos(declination),
    Math.sin(declination),
    Math.cos(longitude) * Math.cos(declination),
  ];
}
