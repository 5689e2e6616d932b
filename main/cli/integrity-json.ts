import type { Integrity } from '../../shared/cose/crypto-port.ts';
import type { JsonObject } from '../../shared/json.ts';
import { EXIT, type ExitStatus } from './exit.ts';

/** An integrity as `verify --json` and `check --json` print it. */
export function integrityToJson(integrity: Integrity): JsonObject {
  switch (integrity.state) {
    case 'verified':
      return {
        state: integrity.state,
        key: integrity.ref,
        keyEncoding: integrity.encoding,
        withNewline: integrity.withNewline,
        context: integrity.context,
        payload: integrity.payload ?? null,
        kidMatches: integrity.kidMatches ?? null,
        lowS: integrity.lowS ?? null,
        tried: integrity.tried,
      };
    case 'failed':
      return {
        state: integrity.state,
        reason: integrity.reason,
        kidMatches: integrity.kidMatches ?? null,
        tried: integrity.tried,
      };
    case 'not-checked':
      return { state: integrity.state, reason: integrity.reason, tried: integrity.tried };
    case 'cannot-check':
      return {
        state: integrity.state,
        reason: integrity.reason,
        alarm: integrity.alarm ?? false,
        tried: integrity.tried,
      };
  }
}

export function integrityStatus(integrity: Integrity): ExitStatus {
  switch (integrity.state) {
    case 'verified':
      return EXIT.ok;
    case 'failed':
      return EXIT.no;
    case 'not-checked':
    case 'cannot-check':
      return EXIT.cannotTell;
  }
}

/** "Verified with file:k read as hex": the same in words. */
export function integrityToText(integrity: Integrity): string {
  switch (integrity.state) {
    case 'verified': {
      const newline = integrity.withNewline ? ', line break included' : '';
      return `Verified with ${integrity.ref}, read as ${integrity.encoding}${newline} (${integrity.context}).`;
    }
    case 'failed':
      return `Failed: ${integrity.reason}`;
    case 'not-checked':
      return `Not checked: ${integrity.reason}`;
    case 'cannot-check':
      return `Can’t check: ${integrity.reason}`;
  }
}
