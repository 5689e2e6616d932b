import type { TargetId } from '../issue/target.ts';

/** Ways to hand a token over, in the order they are offered. */
export const OUTPUT_IDS = [
  'token',
  'tokenised-url',
  'es-module',
  'async',
  'manual',
  'react',
  'curl',
  'ffplay',
  'header',
  'cookie',
  'query',
  'hls-js',
  'ios',
  'av-player',
  'android',
  'exo-player',
] as const;
export type OutputId = (typeof OUTPUT_IDS)[number];

/** A token and what is known of the stream it is for. */
export interface HandoverInput {
  /** base64url without padding */
  readonly token: string;
  readonly target: TargetId;
  /** address of the stream, without a token */
  readonly url?: string;
  readonly mediaId?: string;
  readonly playerId?: string;
  /** the workspace, for the asynchronous embed */
  readonly siteId?: string;
  /** the player's licence, where it is to stand in the code */
  readonly licence?: string;
  /** NumericDate of the expiry: a cookie ends with its token */
  readonly expires?: number;
}

export type OutputLanguage = 'text' | 'http' | 'shell' | 'html' | 'javascript' | 'jsx' | 'swift' | 'kotlin';

/** Text to be copied, with the token in it. */
export interface Output {
  readonly title: string;
  readonly code: string;
  readonly language: OutputLanguage;
  /** what to know before it is used, in sentences */
  readonly notes: readonly string[];
}

/** Why there is no such output: what is missing or cannot be used, and a sentence. */
export interface OutputProblem {
  readonly title: string;
  readonly member: keyof HandoverInput;
  readonly message: string;
}
