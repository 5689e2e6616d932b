const ALPHABET = '0123456789bcdefghjkmnpqrstuvwxyz';

/** Characters a geohash is made of, and how long one may be: 12 characters are 4 centimetres. */
export const isGeohash = (text: string): boolean => /^[0-9b-hjkmnp-z]{1,12}$/.test(text);

/**
 * The cell of `length` characters that holds a point (CTA-5009-A): bits of longitude and latitude in turn, longitude
 * first, five to a character. CTA's own wording lets the parity of the length choose the order counted from the last
 * bit; counted from the first it is this one for every length.
 */
export function encodeGeohash(latitude: number, longitude: number, length: number): string {
  let [south, north, west, east] = [-90, 90, -180, 180];
  let text = '';
  let isLongitude = true;
  for (let index = 0; index < length; index++) {
    let digit = 0;
    for (let bit = 0; bit < 5; bit++) {
      digit <<= 1;
      if (isLongitude) {
        const middle = (west + east) / 2;
        if (longitude >= middle) {
          digit |= 1;
          west = middle;
        } else east = middle;
      } else {
        const middle = (south + north) / 2;
        if (latitude >= middle) {
          digit |= 1;
          south = middle;
        } else north = middle;
      }
      isLongitude = !isLongitude;
    }
    text += ALPHABET[digit];
  }
  return text;
}

/** The cell's south-west corner and size in degrees; `undefined` when the text is no geohash. */
export function decodeGeohash(
  text: string,
): { readonly south: number; readonly west: number; readonly height: number; readonly width: number } | undefined {
  if (!isGeohash(text)) return undefined;
  let [south, west, height, width] = [-90, -180, 180, 360];
  let isLongitude = true;
  for (const character of text) {
    const digit = ALPHABET.indexOf(character);
    for (let bit = 4; bit >= 0; bit--) {
      const isUpper = ((digit >> bit) & 1) === 1;
      if (isLongitude) {
        width /= 2;
        if (isUpper) west += width;
      } else {
        height /= 2;
        if (isUpper) south += height;
      }
      isLongitude = !isLongitude;
    }
  }
  return { south, west, height, width };
}
