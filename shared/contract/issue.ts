import type { Draft } from '../issue/draft.ts';
import type { IssueNote } from '../issue/issue-note.ts';
import type { NegativeId } from '../issue/negative-recipes.ts';
import type { PredictedOutcome } from '../issue/predict-outcomes.ts';
import type { TargetId } from '../issue/target.ts';
import type { Json } from '../json.ts';
import { millis } from '../units.ts';
import { command, DONE, NOTHING } from './command.ts';
import { environment, keyIdSchema } from './keys.ts';
import { z } from './zod.ts';

/**
 * Issuing as the window asks for it. It sends drafts; main encodes and signs them, and no bytes to be signed ever cross.
 * What a draft will become (claims, notes, sizes, sentence) is `previewDraft` of the engine, which the window runs itself.
 */
const time = z.number().int().min(0).transform(millis);

/** `TargetId` of the engine; a target that is missing here does not compile. */
const TARGET_IDS = {
  'flowplayer-ovp': 'flowplayer-ovp',
  'cta-5007-b': 'cta-5007-b',
  akamai: 'akamai',
  cloudfront: 'cloudfront',
  'node-cat': 'node-cat',
} as const satisfies { readonly [Id in TargetId]: Id };
export const targetId = z.enum(TARGET_IDS);

const json: z.ZodType<Json, Json> = z.json();
const hex = z.string().regex(/^(?:[0-9a-f]{2})*$/i);
const name = z.string().max(200);

/** `Draft` of the engine: claims JSON, kept claims, envelope. */
export const draftSchema = z.strictObject({
  claims: z.record(name, json),
  kept: z
    .array(z.strictObject({ label: hex, value: hex }))
    .max(1000)
    .readonly(),
  envelope: z.strictObject({
    alg: name.exactOptional(),
    cwtTag: z.boolean().exactOptional(),
    coseTag: z.boolean().exactOptional(),
    kid: z.union([z.string().max(512), z.strictObject({ hex: hex.max(1024) })]).exactOptional(),
    kidIn: z.enum(['protected', 'unprotected']).exactOptional(),
    payloadForm: z.enum(['bytes', 'hex-text']).exactOptional(),
  }),
});
true satisfies z.output<typeof draftSchema> extends Draft ? true : never;
true satisfies Draft extends z.input<typeof draftSchema> ? true : never;

/** an IANA name of a time zone, for moments without one: `Europe/Stockholm` */
export const zoneName = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9_+\-/]+$/);

/**
 * Draft, target and key of one token. Moments in exp, nbf and iat may be words ("+2h", "tonight 23:59"): main reads them by
 * its own clock when it signs. Where the draft has no kid and no algorithm, the key's are taken.
 */
export const signRequest = z.strictObject({
  draft: draftSchema,
  target: targetId,
  keyId: keyIdSchema,
  zone: zoneName,
  /** the key's name, typed by a person: main asks for it with every production key */
  confirmName: z.string().max(200).exactOptional(),
});

export const issueNote = z.object({
  kind: z.enum(['refused', 'left-out', 'changed', 'hint']),
  code: z.string(),
  message: z.string(),
  claim: z.string().exactOptional(),
});
true satisfies IssueNote extends z.input<typeof issueNote> ? true : never;

/** What main answers for a token it made. */
export const signedToken = z.object({
  /** of its entry in the log */
  id: z.uuid(),
  /** base64url without padding */
  token: z.string(),
  /** bytes */
  size: z.number().int(),
  notes: z.array(issueNote),
  signedAt: time,
  /** how the key's text was read: said where it was `auto`, since others may read it otherwise */
  readAs: z.string(),
});
export type SignedToken = z.output<typeof signedToken>;

/** One negative: `NegativeToken` of the engine, with what each known recipient does about it in plain words. */
export const negativeToken = z.object({
  id: z.string(),
  title: z.string(),
  stoppedBy: z.enum(['envelope', 'integrity', 'time', 'claims']),
  /** what must happen to it at the edge, and why */
  must: z.string(),
  token: z.string(),
  size: z.number().int(),
  outcomes: z
    .array(
      z.object({ verifier: z.string(), outcome: z.enum(['refuses', 'lets-through', 'not-known']), why: z.string() }),
    )
    .readonly(),
});
export type NegativeTokenView = Omit<z.output<typeof negativeToken>, 'id' | 'outcomes'> & {
  readonly id: NegativeId;
  readonly outcomes: readonly (Omit<PredictedOutcome, 'why'> & { readonly why: string })[];
};
true satisfies NegativeTokenView extends z.input<typeof negativeToken> ? true : never;

/** Who issued what and when: enough to find a token again, nothing to use one. */
export const issueLogEntry = z.object({
  id: z.uuid(),
  at: time,
  /** of the local record, which may have been renamed or deleted since; of a key that is not here the OVP's name for it */
  keyName: z.string(),
  /** of a key that is not here nobody knows it */
  environment: environment.exactOptional(),
  /** the OVP made the token: the name of its workspace */
  workspace: z.string().exactOptional(),
  /** as text where it is text, else hex */
  kid: z.string().exactOptional(),
  target: targetId,
  /** hex of the claim */
  cti: z.string().exactOptional(),
  /** NumericDate */
  expires: z.number().exactOptional(),
  /** first 16 bytes of the SHA-256 of the encoded claims, in hex */
  claimsDigest: z.string(),
  size: z.number().int(),
  /** `single`: one token; `pack`: the negatives of one; `many`: a whole run, of which there is one entry */
  kind: z.enum(['single', 'pack', 'many']),
  /** tokens that were made under this entry */
  count: z.number().int().min(1),
});
export type IssueLogEntry = z.output<typeof issueLogEntry>;

const MAX_DRAFT = 256 * 1024;

export const issueCommands = {
  /** errors: `ERR_ISSUE_CLAIMS` and `ERR_ISSUE_REFUSED` carry `problems` with paths, `ERR_ISSUE_CONFIRM` the name to be typed */
  'issue.sign': command(
    /** `isDraft`: made while somebody types, with a key for development; it comes into the log when it is handed over */
    signRequest.extend({ isDraft: z.boolean().exactOptional() }),
    signedToken,
    MAX_DRAFT,
  ),
  /** a token that was made as a draft left the window: it is written down now, once */
  'issue.handOver': command(z.strictObject({ id: z.uuid() }), DONE),
  /** the right token first, then each that is wrong in one thing; asks for the name of a production key as signing does */
  'issue.negativePack': command(
    signRequest,
    z.object({ right: signedToken, negatives: z.array(negativeToken) }),
    MAX_DRAFT,
  ),
  /** newest first */
  'issue.log': command(NOTHING, z.array(issueLogEntry)),
  'issue.clearLog': command(NOTHING, DONE),
  /** asks where to, and writes CSV or, where the name ends so, JSON; `null`: nobody wanted to */
  'issue.exportLog': command(NOTHING, z.object({ fileName: z.string() }).nullable()),
};

export const issueEvents = {
  /** the newest entry; `null`: the log was cleared */
  'issue.logged': issueLogEntry.nullable(),
};
