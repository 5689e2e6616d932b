import type { FoundToken } from '../carrier/found.ts';
import { runChecks } from './check.ts';
import type { Finding } from './finding.ts';
import { TOKEN_CHECKS } from './token-checks.ts';

/** What is worth saying about a token as the text it was pasted as: damage, alphabet, size. */
export const lintToken = (found: FoundToken): Finding[] => runChecks(TOKEN_CHECKS, { found });
