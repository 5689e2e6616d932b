import { type AppError, createError } from '../../shared/errors.ts';
import type { IssueError } from '../../shared/issue/issue-token.ts';

/** Why no token was made, as the window is told: each problem with its path in the claims. */
export function issueError(error: IssueError): AppError {
  switch (error.code) {
    case 'ERR_ISSUE_CLAIMS':
      return createError(error.code, { problems: error.problems });
    case 'ERR_ISSUE_REFUSED':
      return createError(error.code, {
        problems: error.notes
          .filter(({ kind }) => kind === 'refused')
          .map(({ claim, message }) => ({ path: claim === undefined ? [] : [claim], message })),
      });
    case 'ERR_ISSUE_KEY':
      return createError(error.code, { message: error.cause.message });
  }
}
