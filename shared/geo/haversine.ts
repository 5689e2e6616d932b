/** Equatorial radius of WGS84 in metres, as deployed verifiers use it. */
const EARTH_RADIUS = 6_378_100;

/** Distance in metres between two points given in degrees, over the sphere. */
export function haversineMetres(latitude1: number, longitude1: number, latitude2: number, longitude2: number): number {
  const phi1 = toRadians(latitude1);
  const phi2 = toRadians(latitude2);
  const sinLatitude = Math.sin((phi1 - phi2) / 2);
  const sinLongitude = Math.sin(toRadians(longitude1 - longitude2) / 2);
  const a = sinLatitude ** 2 + Math.cos(phi1) * Math.cos(phi2) * sinLongitude ** 2;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(a)));
}

const toRadians = (degrees: number): number => degrees * (Math.PI / 180);
