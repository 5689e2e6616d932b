import { type AppError, createError, type ErrorCode } from '../../shared/errors.ts';
import type { OvpProblem, OvpProblemKind } from '../../shared/flowplayer/api/problem.ts';

const CODES: Readonly<Record<OvpProblemKind, ErrorCode>> = {
  'key-refused': 'ERR_OVP_KEY_REFUSED',
  'no-access': 'ERR_OVP_NO_ACCESS',
  'not-found': 'ERR_OVP_NOT_FOUND',
  deleted: 'ERR_OVP_DELETED',
  refused: 'ERR_OVP_REFUSED',
  'too-many': 'ERR_OVP_TOO_MANY',
  fault: 'ERR_OVP_FAULT',
  'not-offered': 'ERR_OVP_NOT_OFFERED',
  redirect: 'ERR_OVP_REDIRECT',
  unreadable: 'ERR_OVP_UNREADABLE',
  other: 'ERR_OVP_STATUS',
};

/** A problem of a call as the error that crosses to the window: cause, next step, and the raw answer for a click. */
export function toAppError({ kind, cause, nextStep, status, raw }: OvpProblem): AppError {
  return createError(CODES[kind], {
    message: cause,
    hint: nextStep,
    answer: status === undefined ? { raw } : { status, raw },
  });
}
