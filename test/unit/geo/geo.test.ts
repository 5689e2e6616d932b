import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alpha2Of, COUNTRIES, countryName } from '../../../shared/geo/countries.ts';
import { decodeGeohash, encodeGeohash, isGeohash } from '../../../shared/geo/geohash.ts';
import { haversineMetres } from '../../../shared/geo/haversine.ts';

describe('haversineMetres', () => {
  it('measures a degree of the equator and half the world', () => {
    expect(haversineMetres(0, 0, 0, 1)).toBeCloseTo((Math.PI / 180) * 6_378_100, 3);
    expect(haversineMetres(90, 0, -90, 0)).toBeCloseTo(Math.PI * 6_378_100, 3);
    expect(haversineMetres(0, 179.5, 0, -179.5)).toBeCloseTo((Math.PI / 180) * 6_378_100, 3);
  });

  it('is nothing from a point to itself, and the same both ways', () => {
    const latitude = fc.double({ min: -90, max: 90, noNaN: true });
    const longitude = fc.double({ min: -180, max: 180, noNaN: true });
    fc.assert(
      fc.property(latitude, longitude, latitude, longitude, (a, b, c, d) => {
        expect(haversineMetres(a, b, a, b)).toBe(0);
        expect(haversineMetres(a, b, c, d)).toBeCloseTo(haversineMetres(c, d, a, b), 6);
      }),
      { seed: 3 },
    );
  });
});

describe('geohash', () => {
  it('gives the cells that geohash.org and deployed verifiers give', () => {
    expect(encodeGeohash(59.3, 18.0, 3)).toBe('u6s');
    expect(encodeGeohash(37.7749, -122.4194, 6)).toBe('9q8yyk');
    expect(encodeGeohash(57.64911, 10.40744, 11)).toBe('u4pruydqqvj');
    expect(encodeGeohash(-90, -180, 4)).toBe('0000');
    expect(encodeGeohash(90, 180, 2)).toBe('zz');
  });

  it('counts bits from the end as CTA words it and gets the same cell', () => {
    // floor and ceiling of 2.5 bits a character, interleaved from the last bit on
    const fromTheEnd = (latitude: number, longitude: number, length: number): string => {
      const latitudeBits = Math.floor(2.5 * length);
      const longitudeBits = Math.ceil(2.5 * length);
      const code = (value: number, range: number, bits: number) =>
        BigInt(Math.min(Math.floor(((value + range) / (2 * range)) * 2 ** bits), 2 ** bits - 1));
      let lat = code(latitude, 90, latitudeBits);
      let lon = code(longitude, 180, longitudeBits);
      let all = 0n;
      for (let index = 0n; index < BigInt(5 * length); index++) {
        const takesLongitude = (index % 2n === 1n) === (latitudeBits === longitudeBits);
        if (takesLongitude) {
          all |= (lon & 1n) << index;
          lon >>= 1n;
        } else {
          all |= (lat & 1n) << index;
          lat >>= 1n;
        }
      }
      return all
        .toString(2)
        .padStart(5 * length, '0')
        .replace(/.{5}/g, (bits) => '0123456789bcdefghjkmnpqrstuvwxyz'[Number.parseInt(bits, 2)] ?? '');
    };
    fc.assert(
      fc.property(
        fc.integer({ min: -8999, max: 8999 }),
        fc.integer({ min: -17999, max: 17999 }),
        fc.integer({ min: 1, max: 9 }),
        (lat, lon, length) => {
          expect(encodeGeohash(lat / 100, lon / 100, length)).toBe(fromTheEnd(lat / 100, lon / 100, length));
        },
      ),
      { seed: 4, numRuns: 500 },
    );
  });

  it('lays the cell around the point it came from', () => {
    const cell = decodeGeohash('u6s');
    expect(cell).toEqual({ south: 59.0625, west: 16.875, height: 1.40625, width: 1.40625 });
    expect(decodeGeohash('u6a')).toBeUndefined();
    expect(isGeohash('U6S')).toBe(false);
    expect(isGeohash('')).toBe(false);
    expect(isGeohash('0123456789bcd')).toBe(false);
  });
});

describe('countries', () => {
  it('knows every code ISO 3166-1 assigns, each by a name of its own', () => {
    const codes = Object.keys(COUNTRIES);
    expect(codes).toHaveLength(249);
    expect(new Set(Object.values(COUNTRIES).map(([, name]) => name)).size).toBe(249);
    for (const code of codes) expect(code).toMatch(/^[A-Z]{2}$/);
    expect(countryName('SE')).toBe('Sweden');
    expect(countryName('XX')).toBeUndefined();
    expect(countryName('toString')).toBeUndefined();
    expect(alpha2Of('SWE')).toBe('SE');
    expect(alpha2Of('SE')).toBeUndefined();
  });
});
