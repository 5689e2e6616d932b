import { value as literal, type RichText, rich } from '../explain/rich-text.ts';
import type { CarrierHabits, Channel, Verifier } from './verifier.ts';

/** Where a verifier would have found a token, in the order it looks; empty: it is handed the token by the code around it. */
export const placesLookedIn = ({ carrier }: Pick<Verifier, 'carrier'>): readonly RichText[] =>
  carrier.choice === 'caller' ? [] : carrier.order.flatMap((channel) => placesIn(channel, carrier));

function placesIn(channel: Channel, { headers, cookies, queries, pathPrefix }: CarrierHabits): readonly RichText[] {
  switch (channel) {
    case 'header':
      return headers.map((name) => rich`header ${literal(name)}`);
    case 'cookie':
      return cookies.map((name) => rich`cookie ${literal(name)}`);
    case 'query':
      return queries.map((name) => rich`query parameter ${literal(name)}`);
    case 'path':
      if (pathPrefix === undefined) return [];
      return [pathPrefix === '' ? rich`the path` : rich`the path, after ${literal(`/${pathPrefix}`)}`];
  }
}
