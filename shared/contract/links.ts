import { command, DONE } from './command.ts';
import { z } from './zod.ts';

/** Pages that the app itself points to. Their addresses are main's, so nothing out of a token can change them. */
export const documentId = z.enum([
  'cta-5007',
  'rfc-8392',
  'rfc-8610',
  'rfc-8747',
  'rfc-8949',
  'rfc-9052',
  'rfc-9053',
  'rfc-9449',
  'iana-cwt-claims',
  'flowplayer-docs',
  'electron-keychain-linux',
]);
export type DocumentId = z.output<typeof documentId>;

export const linksCommands = {
  /** an address out of pasted data is https only, and main asks in a dialog of its own that names the host */
  'links.open': command(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('document'), id: documentId }),
      z.strictObject({ kind: z.literal('address'), url: z.string().max(8192) }),
    ]),
    DONE,
  ),
};
