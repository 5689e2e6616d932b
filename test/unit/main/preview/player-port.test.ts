import { describe, expect, it } from 'vitest';
import { createPlayerPort } from '../../../../main/preview/player-port.ts';
import type { PageReport } from '../../../../shared/contract/player-page.ts';

const ORIGIN = 'https://localhost';
const STATE = {
  ...{ engine: 'hls', phase: 'playing', time: 1.5, duration: 30, buffered: 6, decodedFrames: 30, droppedFrames: 0 },
  ...{ muted: false, volume: 1, width: 640, height: 360, level: '360p', asked: '720p', error: null },
};

function start() {
  const reports: PageReport[] = [];
  const refused: string[] = [];
  const port = createPlayerPort({
    reported: (report) => void reports.push(report),
    refused: (why) => void refused.push(why),
  });
  const report = async (body: string, method = 'POST') =>
    (await port.answer(new Request(`${ORIGIN}/report`, { method, ...(method === 'POST' && { body }) })))?.status;
  return { port, reports, refused, report };
}

/** Reads events of the stream until there are that many. */
async function listen({ port }: ReturnType<typeof start>, count: number): Promise<unknown[]> {
  const response = await port.answer(new Request(`${ORIGIN}/commands`));
  const reader = response?.body?.getReader();
  if (reader === undefined) throw new Error('no stream');
  let text = '';
  while (text.split('\n\n').length <= count) {
    const { value, done } = await reader.read();
    if (done) break;
    text += new TextDecoder().decode(value);
  }
  return text
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => JSON.parse(event.replace(/^data: /, '')) as unknown);
}

describe('what goes to the player’s page', () => {
  it('waits until the page listens, in order', async () => {
    const started = start();
    started.port.send({ kind: 'play' });
    started.port.send({ kind: 'seek', time: 3 });
    const heard = listen(started, 3);
    started.port.send({ kind: 'pause' });
    expect(await heard).toEqual([{ kind: 'play' }, { kind: 'seek', time: 3 }, { kind: 'pause' }]);
  });

  it('is forgotten with the page', async () => {
    const started = start();
    started.port.send({ kind: 'play' });
    started.port.close();
    started.port.send({ kind: 'pause' });
    expect(await listen(started, 1)).toEqual([{ kind: 'pause' }]);
  });
});

describe('what the player’s page says', () => {
  it('is taken where it is a report', async () => {
    const { report, reports } = start();
    expect(await report(JSON.stringify({ kind: 'ready', flowplayer: false }))).toBe(204);
    expect(await report(JSON.stringify({ kind: 'state', state: STATE }))).toBe(204);
    expect(reports.map(({ kind }) => kind)).toEqual(['ready', 'state']);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['another kind', '{"kind":"sign"}'],
    ['a member too many', JSON.stringify({ kind: 'ready', flowplayer: true, more: 1 })],
    ['a state with a member too many', JSON.stringify({ kind: 'state', state: { ...STATE, more: 1 } })],
    ['a text where a number belongs', JSON.stringify({ kind: 'state', state: { ...STATE, time: 'x' } })],
    ['too much', JSON.stringify({ kind: 'ready', flowplayer: true }) + ' '.repeat(16 * 1024)],
  ])('is refused where it is %s', async (_what, body) => {
    const { report, reports, refused } = start();
    expect(await report(body)).toBe(400);
    expect(reports).toEqual([]);
    expect(refused).toHaveLength(1);
  });

  it('at any other address is somebody else’s to answer', () => {
    const { port } = start();
    expect(port.answer(new Request(`${ORIGIN}/other`))).toBeUndefined();
    expect(port.answer(new Request(`${ORIGIN}/report`))).toBeUndefined();
    expect(port.answer(new Request(`${ORIGIN}/commands`, { method: 'POST' }))).toBeUndefined();
  });
});
