import { type PageCommand, type PageReport, pageReport } from '../../shared/contract/player-page.ts';

/** The whole of what passes between main and the player's page: two addresses of the page's own origin. */
export interface PlayerPort {
  /** answers `/commands` and `/report`; `undefined`: it is about something else */
  answer(request: Request): Promise<Response> | undefined;
  /** kept until the page listens */
  send(command: PageCommand): void;
  /** the page is gone */
  close(): void;
}

const MAX_REPORT = 16 * 1024;
/** What waits for a page that does not listen yet; it never gets more by itself. */
const MAX_WAITING = 32;

/**
 * Commands go out as server-sent events and reports come in as posts: plain HTTP, so that the page needs no preload and main
 * runs no script in it. A report is read by its schema, and one that does not fit is refused.
 */
export function createPlayerPort(options: {
  readonly reported: (report: PageReport) => void;
  readonly refused: (why: string) => void;
}): PlayerPort {
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  let waiting: PageCommand[] = [];
  const encoder = new TextEncoder();

  const write = (command: PageCommand) => stream?.enqueue(encoder.encode(`data: ${JSON.stringify(command)}\n\n`));

  function listen(): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        stream = controller;
        for (const command of waiting) write(command);
        waiting = [];
      },
      cancel: () => {
        stream = undefined;
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
  }

  async function take(request: Request): Promise<Response> {
    const text = await readText(request, MAX_REPORT);
    const report = text === undefined ? undefined : pageReport.safeParse(parseJson(text));
    if (!report?.success) {
      options.refused('a report that cannot be read');
      return new Response(null, { status: 400 });
    }
    options.reported(report.data);
    return new Response(null, { status: 204 });
  }

  return {
    answer: (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === '/commands' && request.method === 'GET') return Promise.resolve(listen());
      if (pathname === '/report' && request.method === 'POST') return take(request);
      return undefined;
    },
    send: (command) => {
      if (stream !== undefined) write(command);
      else waiting = [...waiting, command].slice(-MAX_WAITING);
    },
    close: () => {
      stream = undefined;
      waiting = [];
    },
  };
}

/** The body of a request as text; `undefined` when it is longer than that many bytes. */
async function readText(request: Request, most: number): Promise<string | undefined> {
  if (request.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > most) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
