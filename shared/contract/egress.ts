import { millis } from '../units.ts';
import { command, NOTHING } from './command.ts';
import { z } from './zod.ts';

/** One request that left this machine. Query, fragment and any token in the path are cut before it is kept. */
export const egressEntry = z.object({
  id: z.number().int(),
  at: z.number().transform(millis),
  method: z.string(),
  host: z.string(),
  path: z.string(),
  /** why it was sent, in words */
  purpose: z.string(),
  outcome: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('pending') }),
    z.object({ kind: z.literal('answered'), status: z.number().int() }),
    z.object({ kind: z.literal('failed'), reason: z.string() }),
    /** never sent: a page of the preview asked for it, and it may not */
    z.object({ kind: z.literal('blocked'), reason: z.string() }),
  ]),
  bytesSent: z.number().int(),
  bytesReceived: z.number().int(),
});
export type EgressEntry = z.output<typeof egressEntry>;

/** Counts run over the whole session; `entries` holds the newest, newest first. */
export const egressState = z.object({
  offline: z.boolean(),
  sent: z.number().int(),
  /** refused because offline was on */
  refused: z.number().int(),
  entries: z.array(egressEntry),
});
export type EgressState = z.output<typeof egressState>;

export const egressCommands = {
  'egress.list': command(NOTHING, egressState),
  'egress.setOffline': command(z.strictObject({ offline: z.boolean() }), egressState),
};

/** without the entries: the status bar needs the counts, the ledger asks for the list */
export const egressSummary = egressState.omit({ entries: true });
export type EgressSummary = z.output<typeof egressSummary>;

export const egressEvents = {
  'egress.changed': egressSummary,
};
