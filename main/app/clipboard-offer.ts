import { createHash, randomUUID } from 'node:crypto';
import { findTokens } from '../../shared/carrier/find-tokens.ts';
import type { ClipboardOffer } from '../../shared/contract/clipboard.ts';

export interface ClipboardOfferPorts {
  /** somebody turned the suggestion on; without it the clipboard is never read */
  isOn(): boolean;
  read(): string | Promise<string>;
}

/** Says that the clipboard holds a token. The text stays in main until the window takes it, and is looked at once. */
export interface ClipboardOffers {
  look(): Promise<ClipboardOffer | null>;
  take(id: string): Promise<{ readonly text: string } | null>;
  dismiss(id: string): void;
  /** a text that this application copied is nobody's suggestion */
  ignore(text: string): void;
}

/** A command with its token, or a log of some hundred lines: found in a few milliseconds. */
const MAX_CHARACTERS = 128 * 1024;

export function createClipboardOffers({ isOn, read }: ClipboardOfferPorts): ClipboardOffers {
  // digests, so that main does not keep the text
  let settled: string | undefined;
  let last: { readonly digest: string; readonly offer: ClipboardOffer | null } | undefined;
  const isOffered = (id: string) => last?.offer?.id === id && last.digest !== settled;

  return {
    look: async () => {
      if (!isOn()) return null;
      const text = await read();
      if (text === '' || text.length > MAX_CHARACTERS) return null;
      const current = digest(text);
      if (current === settled) return null;
      if (current !== last?.digest) last = { digest: current, offer: describe(text) };
      return last.offer;
    },
    take: async (id) => {
      if (!isOn() || !isOffered(id)) return null;
      const text = await read();
      if (digest(text) !== last?.digest) return null;
      settled = last.digest;
      return { text };
    },
    dismiss: (id) => {
      if (isOffered(id)) settled = last?.digest;
    },
    ignore: (text) => {
      settled = digest(text);
    },
  };
}

function describe(text: string): ClipboardOffer | null {
  const tokens = findTokens(text).tokens.filter(({ kind }) => kind !== 'not-a-cat').length;
  return tokens === 0 ? null : { id: randomUUID(), tokens };
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
