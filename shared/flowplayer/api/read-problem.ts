import { type OwnWords, readOwnWords } from './own-words.ts';
import { type OvpProblem, type OvpProblemKind, RAW_LIMIT } from './problem.ts';

/** An answer that did not bring what was asked for. */
export interface FailedAnswer {
  readonly status: number;
  readonly body: string;
  /** seconds to wait, when the answer named them */
  readonly retryAfter?: number;
}

/**
 * What an answer other than the wanted one means and what to do about it; `subject` is what was asked for, as the sentences
 * call it: “the video”. The meanings of 401 and 403 are the OVP’s own and the reverse of HTTP’s (reported by a client of the
 * API): 403 the key is not accepted, 401 it has no access to this. A code in the answer says it for certain.
 */
export function readProblem(answer: FailedAnswer, subject: string): OvpProblem {
  const own = readOwnWords(answer.body);
  const { status } = answer;
  const [kind, meaning, nextStep] = explain(answer, own, subject);
  const quoted = isQuotable(answer, own) ? ` It said: “${own.words}”` : '';
  return {
    kind,
    cause: `${meaning}${quoted}`,
    nextStep,
    status,
    raw: cutRaw(answer.body),
    ...(own.code === undefined ? {} : { code: own.code }),
  };
}

/** Errors only, and no pieces of broken JSON: an answer that went well may hold a secret. */
const isQuotable = ({ status, body }: FailedAnswer, { words, form }: OwnWords): boolean =>
  status >= 400 && words !== undefined && form !== 'html' && !(form === 'text' && /^\s*[[{"]/.test(body));

export function cutRaw(body: string): string {
  const cut = body.length - RAW_LIMIT;
  return cut <= 0 ? body : `${body.slice(0, RAW_LIMIT)}… (${cut} characters more)`;
}

type Explained = readonly [kind: OvpProblemKind, meaning: string, nextStep: string];

function explain({ status, retryAfter }: FailedAnswer, own: OwnWords, subject: string): Explained {
  switch (status) {
    case 401:
      if (own.code !== undefined && /NoApiKey/i.test(own.code))
        return [
          'key-refused',
          'The OVP answered 401: no API key arrived with the request.',
          'Something on the way may have taken it out. Enter the API key again, or try another network.',
        ];
      return [
        'no-access',
        `The OVP answered 401: the API key is known, but ${subject} is not open to it.`,
        'A key reads its own workspace only. Use the API key of the workspace that this belongs to.',
      ];
    case 403:
      if (own.code !== undefined && /Unaccessible|Inaccessible/i.test(own.code))
        return [
          'no-access',
          `The OVP answered 403: ${subject} is not open to this API key.`,
          'A key reads its own workspace only. Use the API key of the workspace that this belongs to.',
        ];
      return [
        'key-refused',
        'The OVP answered 403: it does not accept this API key.',
        'Copy the key again from Workspace settings, API Key, and enter it here.',
      ];
    case 404:
      return [
        'not-found',
        `The OVP answered 404: it has not found ${subject}.`,
        'It may have been deleted, or belong to another workspace. Refresh the list.',
      ];
    case 405:
    case 501:
      return ['not-offered', `The OVP answered ${status}: its API does not offer this.`, 'Do it in the OVP itself.'];
    case 410:
      return [
        'deleted',
        `The OVP answered 410: ${subject} was deleted.`,
        'Refresh the list and choose another. What was deleted does not come back.',
      ];
    case 400:
    case 409:
    case 422:
      return [
        'refused',
        `The OVP answered ${status}: it did not accept what was sent.`,
        'Change what it names and ask again.',
      ];
    case 429:
      return [
        'too-many',
        'The OVP answered 429: more requests came than it takes, from here or from others of the same organization.',
        retryAfter === undefined
          ? 'Wait a minute and try again. The limit is 1 request a second, 3 for enterprise plans.'
          : `Try again in ${inWords(retryAfter)}: that is how long it asked to wait.`,
      ];
    default:
      return explainClass(status, own);
  }
}

function explainClass(status: number, own: OwnWords): Explained {
  if (status >= 500)
    return [
      'fault',
      own.form === 'html'
        ? `A server in front of the OVP answered ${status} with a web page${titled(own)}: the OVP itself was not reached.`
        : `The OVP answered ${status}: something failed on its side.`,
      'Try again in a minute. If it stays, give the raw answer to Flowplayer’s support.',
    ];
  if (status >= 300 && status < 400)
    return [
      'redirect',
      `The answer was ${status}, a redirect. It was not followed, since the API key would have gone along.`,
      'Check the workspace’s address. A sign-in page of the network may stand in between.',
    ];
  if (status >= 200 && status < 300) return explainUnreadable(status, own);
  return ['other', `The OVP answered ${status}, which Catwalk does not expect here.`, 'See the raw answer.'];
}

/** The status says that it went well, and the body does not hold what was asked for. */
function explainUnreadable(status: number, own: OwnWords): Explained {
  if (own.form === 'html')
    return [
      'unreadable',
      `The answer was ${status} with a web page${titled(own)} where JSON was expected.`,
      'A proxy or a sign-in page of the network may stand in between. See the raw answer.',
    ];
  if (own.form === 'json')
    return [
      'unreadable',
      `The OVP answered ${status} with JSON of a shape that Catwalk does not know.`,
      'See the raw answer. The API may have changed.',
    ];
  return own.form === 'nothing'
    ? ['unreadable', `The OVP answered ${status} with nothing in it.`, 'Try again.']
    : [
        'unreadable',
        `The OVP answered ${status}, but the answer is no whole JSON: it was cut short on the way, or is something else.`,
        'Try again. If it stays, see the raw answer.',
      ];
}

const titled = ({ words }: OwnWords): string => (words === undefined ? '' : ` titled “${words}”`);

function inWords(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3600)} h`;
}

/** What was learnt by asking for something every key may read. */
export type KeyProbe = 'accepted' | 'refused' | 'unknown';

/** 401 or 403 once it is known whether the API key itself works. */
export function withProbe(problem: OvpProblem, probe: KeyProbe, subject: string): OvpProblem {
  if (probe === 'accepted' && problem.kind === 'key-refused')
    return {
      ...problem,
      kind: 'no-access',
      cause: `The OVP answered ${problem.status} for ${subject}, yet it accepts the API key for listing videos.`,
      nextStep: 'This may belong to another workspace, or playback tokens are not enabled for this account.',
    };
  if (probe === 'refused' && problem.kind === 'no-access')
    return {
      ...problem,
      kind: 'key-refused',
      cause: `The OVP answered ${problem.status}, and this API key may not even list videos: it is not accepted.`,
      nextStep: 'Copy the key again from Workspace settings, API Key, and enter it here.',
    };
  return problem;
}

/**
 * Listing and deleting keys are known from the sibling API only: where v3 answers 404 or 405, or 403 to a key that works,
 * it does not offer them. A 404 that names its record is about that record.
 */
export function asNotOffered(problem: OvpProblem, what: string): OvpProblem {
  const isMissing = problem.status === 405 || problem.status === 501;
  const isUnknownPath = problem.status === 404 && problem.code === undefined;
  const isClosed = problem.status === 403 && problem.kind === 'no-access';
  if (!isMissing && !isUnknownPath && !isClosed) return problem;
  return {
    ...problem,
    kind: 'not-offered',
    cause: `The OVP answered ${problem.status}: its API does not offer ${what}.`,
    nextStep: 'Do it in the OVP itself. Everything else works without it.',
  };
}
