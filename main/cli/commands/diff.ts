import { encodeHex } from '../../../shared/bytes/hex.ts';
import type { JsonChange } from '../../../shared/diff/diff-json.ts';
import { diffTokens } from '../../../shared/diff/diff-tokens.ts';
import { inspectToken } from '../../../shared/inspect/inspect-token.ts';
import type { Json, JsonObject } from '../../../shared/json.ts';
import type { Command } from '../command.ts';
import { escapeControls } from '../escape-controls.ts';
import { CliError, EXIT } from '../exit.ts';
import { readTokenText } from '../input.ts';
import { currentSeconds } from '../now.ts';
import { firstToken } from '../open-found.ts';

export const diffCommand: Command = {
  usage: 'catwalk diff A B [--json]',
  does: 'list the claims, the envelope and the bytes that differ',
  options: {},
  run({ positionals, json }, output) {
    const [first, second] = positionals;
    if (first === undefined || second === undefined)
      throw new CliError(EXIT.usage, `Two tokens are compared. Usage: ${this.usage}`);
    const now = currentSeconds();
    const [a, b] = [first, second].map((argument) =>
      inspectToken(firstToken(readTokenText(argument), output), { now }),
    );
    if (a === undefined || b === undefined) throw new Error('two arguments gave fewer than two tokens');
    const diff = diffTokens(a, b);
    const bytes = diff.bytes.map((change) => ({
      a: { offset: change.a.start, hex: encodeHex(a.envelope.bytes.subarray(change.a.start, change.a.end)) },
      b: { offset: change.b.start, hex: encodeHex(b.envelope.bytes.subarray(change.b.start, change.b.end)) },
    }));
    if (json)
      output.json({
        same: diff.same,
        claims: diff.claims.map(changeToJson),
        envelope: diff.envelope.map(changeToJson),
        bytes,
      });
    else {
      if (diff.same) output.text('The tokens are the same.');
      for (const change of diff.claims) output.text(changeToText('claims', change));
      for (const change of diff.envelope) output.text(changeToText('envelope', change));
      for (const change of bytes) output.text(`bytes     ${side(change.a)} → ${side(change.b)}`);
    }
    return diff.same ? EXIT.ok : EXIT.no;
  },
};

/** A side that has nothing at the path is `null` in JSON; claims themselves never are. */
const changeToJson = (change: JsonChange): JsonObject => ({
  path: change.path,
  a: change.a ?? null,
  b: change.b ?? null,
});

const changeToText = (level: string, change: JsonChange): string =>
  escapeControls(`${level.padEnd(9)} ${change.path.join('.')}: ${valueText(change.a)} → ${valueText(change.b)}`);

const valueText = (value: Json | undefined): string => (value === undefined ? 'nothing' : JSON.stringify(value));

const side = ({ offset, hex }: { readonly offset: number; readonly hex: string }): string =>
  `${offset}: ${hex === '' ? 'nothing' : hex}`;
