import type { JsonProblem } from '../../../shared/claims/claim.ts';
import type { Draft } from '../../../shared/issue/draft.ts';
import type { IssueNote } from '../../../shared/issue/issue-note.ts';
import { type IssueError, issueToken } from '../../../shared/issue/issue-token.ts';
import { resolveTimes } from '../../../shared/issue/relative-times.ts';
import { isJsonObject, type JsonObject } from '../../../shared/json.ts';
import { nodeCrypto } from '../../crypto/node-crypto.ts';
import { BULK_OPTIONS, BULK_USAGE, issueRows } from '../bulk.ts';
import type { Call, Command } from '../command.ts';
import { CliError, EXIT } from '../exit.ts';
import { readFile, readStdin } from '../input.ts';
import { algorithmOf, chooseTarget, loadSigningKey, readZone } from '../issue-options.ts';
import { KEY_OPTIONS } from '../key-refs.ts';
import { currentSeconds } from '../now.ts';
import { readMoment } from '../request-options.ts';

export const issueCommand: Command = {
  usage:
    'catwalk issue --claims FILE|- --key REF [--key-encoding …] [--alg HS256] [--kid K] [--kid-in protected|unprotected] ' +
    '[--tag-61] [--tag-cose|--no-tag-cose] [--target NAME] [--at T] [--zone Z] [--json]\n  ' +
    BULK_USAGE,
  does: 'make a token of claims JSON, or one of a template for each row of a table; exp, nbf and iat may be “+2h” from --at or now, or “tonight 23:59” in --zone',
  options: {
    ...KEY_OPTIONS,
    claims: { type: 'string' },
    alg: { type: 'string' },
    kid: { type: 'string' },
    'kid-in': { type: 'string' },
    'tag-61': { type: 'boolean' },
    'tag-cose': { type: 'boolean' },
    target: { type: 'string' },
    at: { type: 'string' },
    zone: { type: 'string' },
    ...BULK_OPTIONS,
  },
  async run(call, output) {
    if (call.one('csv') !== undefined) return issueRows(call, output);
    const target = chooseTarget(call.one('target') ?? 'cta-5007-b');
    const at = readMoment(call.one('at')) ?? currentSeconds();
    const claims = resolveTimes(readClaimsJson(call.one('claims')), { now: at, zone: readZone(call.one('zone')) });
    if (!claims.ok) throw new CliError(EXIT.no, explainError({ code: 'ERR_ISSUE_CLAIMS', problems: claims.error }));
    const key = await loadSigningKey(call, output);
    const draft: Draft = {
      claims: claims.value,
      kept: [],
      envelope: readEnvelope(call, key.kid, algorithmOf(key)),
    };
    const issued = issueToken(draft, target, key.material, nodeCrypto);
    if (!issued.ok) throw new CliError(EXIT.no, explainError(issued.error));
    for (const note of issued.value.notes) output.note(noteText(note));
    if (call.json) {
      output.json({
        token: issued.value.text,
        size: issued.value.bytes.length,
        target: target.id,
        keyEncoding: key.encoding,
        notes: issued.value.notes.map((note) => ({ ...note })),
      });
    } else output.text(issued.value.text);
    return EXIT.ok;
  },
};

function readClaimsJson(path: string | undefined): JsonObject {
  if (path === undefined)
    throw new CliError(EXIT.usage, 'The claims come from a file or from standard input: --claims FILE|-.');
  const text = (path === '-' ? readStdin('claims') : readFile(path)).toString('utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new CliError(
      EXIT.usage,
      `The claims are not JSON: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  if (!isJsonObject(json)) throw new CliError(EXIT.usage, 'The claims must be one JSON object.');
  return json;
}

function readEnvelope(call: Call, kidOfKey: string | undefined, algOfKey: string | undefined): Draft['envelope'] {
  const kid = call.one('kid') ?? kidOfKey;
  const alg = call.one('alg') ?? algOfKey;
  const kidIn = call.one('kid-in');
  if (kidIn !== undefined && kidIn !== 'protected' && kidIn !== 'unprotected') {
    throw new CliError(EXIT.usage, '--kid-in is protected or unprotected.');
  }
  const coseTag = call.choice('tag-cose');
  // tag 61 is a switch of the call; a target that is named brings its own habit
  const cwtTag = call.choice('tag-61') ?? (call.one('target') === undefined ? false : undefined);
  return {
    ...(kid === undefined ? {} : { kid }),
    ...(alg === undefined ? {} : { alg }),
    ...(kidIn === undefined ? {} : { kidIn }),
    ...(cwtTag === undefined ? {} : { cwtTag }),
    ...(coseTag === undefined ? {} : { coseTag }),
  };
}

function explainError(error: IssueError): string {
  switch (error.code) {
    case 'ERR_ISSUE_CLAIMS':
      return `The claims cannot be written.\n${error.problems.map(problemText).join('\n')}`;
    case 'ERR_ISSUE_REFUSED':
      return error.notes.map(noteText).join('\n');
    case 'ERR_ISSUE_KEY':
      return error.cause.message;
  }
}

const problemText = ({ path, message }: JsonProblem): string => `  ${path.join('.')}: ${message}`;

const noteText = (note: IssueNote): string => `${note.kind}: ${note.message}`;
