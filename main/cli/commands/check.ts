import type { Integrity } from '../../../shared/cose/crypto-port.ts';
import type { Decision } from '../../../shared/evaluate/decision.ts';
import { withProof } from '../../../shared/evaluate/dpop.ts';
import { judge } from '../../../shared/evaluate/evaluate-claims.ts';
import type { ClaimVerdict } from '../../../shared/evaluate/verdict.ts';
import { mendToJson, verdictToJson } from '../../../shared/evaluate/verdict-json.ts';
import { toPlainText } from '../../../shared/explain/rich-text.ts';
import { UTC_STYLE } from '../../../shared/explain/time-style.ts';
import { inspectToken } from '../../../shared/inspect/inspect-token.ts';
import { openClaims } from '../../../shared/inspect/open-claims.ts';
import { seconds } from '../../../shared/units.ts';
import { VERIFIERS, verifierById } from '../../../shared/verifiers/registry.ts';
import type { Verifier } from '../../../shared/verifiers/verifier.ts';
import { nodeCrypto } from '../../crypto/node-crypto.ts';
import { verifyProof } from '../../crypto/verify-proof.ts';
import type { Command } from '../command.ts';
import { escapeControls } from '../escape-controls.ts';
import { CliError, EXIT, type ExitStatus } from '../exit.ts';
import { readTokenText } from '../input.ts';
import { integrityToJson, integrityToText } from '../integrity-json.ts';
import { KEY_OPTIONS, loadKeys } from '../key-refs.ts';
import { firstToken } from '../open-found.ts';
import { REQUEST_OPTIONS, readRecipient, readRequest } from '../request-options.ts';

const STATUS: Readonly<Record<Decision, ExitStatus>> = {
  accept: EXIT.ok,
  reject: EXIT.no,
  'cannot-tell': EXIT.cannotTell,
};

export const checkCommand: Command = {
  usage:
    "catwalk check [TOKEN] --url U [--method M] [--header 'N: V']… [--ip A] [--asn N] [--country SE[-AB]] [--lat L --lon L --alt M] " +
    '[--alpn P] [--seen N] [--now T] [--skew S] [--issuer I]… [--audience A]… [--verifier NAME] [--key REF…] [--json]',
  does: 'judge every claim against a request, and say what would let it through',
  options: { ...KEY_OPTIONS, ...REQUEST_OPTIONS, verifier: { type: 'string' } },
  async run(call, output) {
    const verifier = chooseVerifier(call.one('verifier') ?? 'cta-5007');
    const asked = readRequest(call);
    const recipient = readRecipient(call, seconds(verifier.rules.time.skew));
    const keys = await loadKeys(call.all('key'), call.one('key-encoding'));
    const token = firstToken(readTokenText(call.positionals[0]), output);
    const request = withProof(asked, { token: token.text, verify: verifyProof });
    const inspection = inspectToken(token, { now: recipient.now });
    const { integrity, claims } = openClaims(inspection, keys, nodeCrypto);
    if (claims === undefined)
      throw new CliError(EXIT.cannotTell, 'The claims of this token cannot be read, so nothing can be judged.');
    const judgement = judge(claims, request, recipient, verifier);
    const decision = decideWith(integrity, judgement.decision, verifier);
    if (call.json) {
      output.json({
        decision,
        integrity: integrityToJson(integrity),
        claims: judgement.claims.map(verdictToJson),
        mend: judgement.mend === undefined ? null : mendToJson(judgement.mend),
      });
    } else {
      output.text(`${DECISION_WORDS[decision]} (${verifier.name}). ${integrityToText(integrity)}`);
      for (const verdict of judgement.claims) output.text(escapeControls(verdictLine(verdict)));
      if (judgement.mend !== undefined) output.text(`\n${toPlainText(judgement.mend.sentence, UTC_STYLE)}`);
    }
    return STATUS[decision];
  },
};

const DECISION_WORDS: Readonly<Record<Decision, string>> = {
  accept: 'Would be accepted',
  reject: 'Would be denied',
  'cannot-tell': 'Cannot tell',
};

function chooseVerifier(id: string): Verifier {
  const verifier = verifierById(id);
  if (verifier !== undefined) return verifier;
  throw new CliError(
    EXIT.usage,
    `There is no verifier “${id}”. ${VERIFIERS.map((known) => known.id).join(', ')} are there.`,
  );
}

/**
 * The claims' decision with what is known about who made the token. With no key given only the claims are judged, as was
 * asked; a key that could not be used leaves open whether the token would be let in.
 */
function decideWith(integrity: Integrity, claims: Decision, verifier: Verifier): Decision {
  if (!verifier.envelope.verifiesIntegrity || claims === 'reject') return claims;
  switch (integrity.state) {
    case 'failed':
      return 'reject';
    case 'cannot-check':
      return integrity.alarm === true ? 'reject' : 'cannot-tell';
    case 'verified':
    case 'not-checked':
      return claims;
  }
}

const verdictLine = ({ verdict, name, reason }: ClaimVerdict): string =>
  `  ${verdict.padEnd(8)} ${name.padEnd(16)} ${toPlainText(reason, UTC_STYLE)}`;
