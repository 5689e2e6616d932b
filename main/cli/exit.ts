/** Exit statuses of the command line (sysexits.h for what is about the call itself). */
export const EXIT = {
  ok: 0,
  /** verification failed, the request would be rejected, tokens differ */
  no: 1,
  cannotTell: 2,
  usage: 64,
  noToken: 65,
  notFound: 66,
  unavailable: 69,
} as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with a sentence for a person on standard error. */
export class CliError extends Error {
  readonly status: ExitStatus;

  constructor(status: ExitStatus, message: string) {
    super(message);
    this.status = status;
  }
}
