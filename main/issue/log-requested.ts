import { createHash, randomUUID } from 'node:crypto';
import { decodeBase64url } from '../../shared/bytes/base64.ts';
import { encodeUtf8 } from '../../shared/bytes/utf8.ts';
import type { ParsedInput } from '../../shared/contract/contract.ts';
import { millis } from '../../shared/units.ts';
import type { Handlers } from '../ipc/register.ts';
import type { Keys } from '../keys/keys.ts';
import type { IssueLog } from './issue-log.ts';
import { describeToken } from './issuing.ts';

type Ovp = Pick<Handlers, 'ovp.requestToken' | 'ovp.workspaces' | 'ovp.keys'>;

export interface LogRequestedOptions {
  readonly ovp: Ovp;
  readonly keys: Pick<Keys, 'list'>;
  readonly log: Pick<IssueLog, 'add'>;
  readonly now?: () => number;
}

/** Asks the OVP for a token, and writes down that it made one, as it is written down of a token that is signed here. */
export function logRequested({ ovp, keys, log, now = Date.now }: LogRequestedOptions): Ovp['ovp.requestToken'] {
  /** the key's record, where it is here as well, else the OVP's name for it */
  async function nameKey({ workspace, kid }: ParsedInput<'ovp.requestToken'>) {
    const here = (await keys.list()).find((key) => key.kid === kid && key.workspace === workspace);
    if (here !== undefined) return { keyName: here.name, environment: here.environment };
    const listed = await ovp['ovp.keys']({ workspace, refresh: false });
    return { keyName: (listed.ok && listed.value.keys.find((key) => key.kid === kid)?.name) || kid };
  }

  return async (input) => {
    const answer = await ovp['ovp.requestToken'](input);
    if (!answer.ok) return answer;
    const listed = await ovp['ovp.workspaces'](undefined);
    const workspace = listed.ok ? listed.value.find(({ id }) => id === input.workspace)?.name : undefined;
    // the token exists whether or not it can be remembered
    await log.add({
      ...describeText(answer.value.token),
      ...(await nameKey(input)),
      ...{ id: randomUUID(), at: millis(now()), target: 'flowplayer-ovp', kind: 'single', count: 1 },
      kid: input.kid,
      workspace: workspace ?? input.workspace,
    });
    return answer;
  };
}

/** An answer that is no token that can be read leaves a digest all the same. */
function describeText(token: string): ReturnType<typeof describeToken> {
  const bytes = decodeBase64url(token);
  if (bytes.ok) return describeToken(bytes.value);
  const digest = createHash('sha256').update(token).digest('hex').slice(0, 32);
  return { claimsDigest: digest, size: encodeUtf8(token).length };
}
