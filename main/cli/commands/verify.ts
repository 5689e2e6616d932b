import { inspectToken } from '../../../shared/inspect/inspect-token.ts';
import { openClaims } from '../../../shared/inspect/open-claims.ts';
import { nodeCrypto } from '../../crypto/node-crypto.ts';
import type { Command } from '../command.ts';
import { readTokenText } from '../input.ts';
import { integrityStatus, integrityToJson, integrityToText } from '../integrity-json.ts';
import { KEY_OPTIONS, loadKeys } from '../key-refs.ts';
import { currentSeconds } from '../now.ts';
import { firstToken } from '../open-found.ts';

export const verifyCommand: Command = {
  usage: 'catwalk verify [TOKEN] --key REF… [--key-encoding auto|utf8|hex|base64|base64url|raw|jwk|pem] [--json]',
  does: 'say which key, read how, verifies the token',
  options: KEY_OPTIONS,
  async run(call, output) {
    // a key from standard input is read first, so that a token left out is not taken for it
    const keys = await loadKeys(call.all('key'), call.one('key-encoding'));
    const token = firstToken(readTokenText(call.positionals[0]), output);
    const { integrity } = openClaims(inspectToken(token, { now: currentSeconds() }), keys, nodeCrypto);
    if (call.json) output.json({ integrity: integrityToJson(integrity) });
    else output.text(integrityToText(integrity));
    return integrityStatus(integrity);
  },
};
