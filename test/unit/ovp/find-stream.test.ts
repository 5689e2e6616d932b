import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSource } from '../../../main/preview/source.ts';
import type { LocalOvp } from '../../ovp/local-ovp.ts';
import { sampleWorkspaces } from '../../ovp/sample-workspaces.ts';
import { type App, connect, createQuickClock, createScene, failure, type Scene, startOvp, value } from './harness.ts';

const [nordlys, polaris] = sampleWorkspaces();
const livestream = nordlys?.livestreams[0];
const without = nordlys?.livestreams[1];
const video = polaris?.videos[0];
if (livestream === undefined || without === undefined || video === undefined) throw new Error('no samples');
const PLAYER = '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517';

let scene: Scene;
let ovp: LocalOvp;
let app: App;
beforeEach(async () => {
  const clock = createQuickClock();
  scene = await createScene(clock);
  ovp = await startOvp(clock);
  app = await scene.start();
});
afterEach(async () => {
  await scene.end();
  await ovp.stop();
});

const open = (text: string, request?: string) => openSource(text, (id) => app.ovp.findStream(id, request));
const sent = () =>
  app.ledger.list().entries.map(({ method, path }) => `${method} ${path.split('/').slice(-2)[0] ?? ''}`);

describe('a media id', () => {
  it('is looked up as a video and then as a livestream, and not again once it is known', async () => {
    await connect(app, ovp);
    const { streamUrl = '' } = livestream;
    const source = value(await open(livestream.id));
    expect(source).toEqual({ title: 'Parliament live', url: streamUrl, mediaId: livestream.id });
    expect(sent()).toEqual(['GET livestreams', 'GET videos']);
    expect(value(await open(`${PLAYER}/${livestream.id}`))).toMatchObject({ url: streamUrl, playerId: PLAYER });
    expect(sent()).toHaveLength(2);
  });

  it('in an embed brings its token along, once', async () => {
    await connect(app, ovp);
    const embed = `<script>flowplayer("#p", { src: "${livestream.id}", playback_token: "abc" })</script>
      <script type="module">import flowplayer from "https://embed.flowplayer.com/${PLAYER}/${livestream.id}.js"; flowplayer("#p", { playback_token: "abc" })</script>`;
    const source = value(await open(embed));
    expect(source).toMatchObject({ url: livestream.streamUrl, token: 'abc' });
    expect(source.url).not.toContain('pt:');
  });

  it('is found in whichever workspace has it', async () => {
    await connect(app, ovp);
    await connect(app, ovp, polaris?.apiKey, 'Polaris');
    expect(value(await open(video.id))).toMatchObject({ title: video.name, mediaId: video.id });
  });

  it('that nobody knows says so', async () => {
    await connect(app, ovp);
    expect(failure(await open(PLAYER))).toMatchObject({ code: 'ERR_PREVIEW_NO_MEDIA', hint: expect.any(String) });
  });

  it('of something without a playlist says so', async () => {
    await connect(app, ovp);
    expect(failure(await open(without.id)).code).toBe('ERR_PREVIEW_NO_STREAM');
  });

  it('needs a workspace with an API key', async () => {
    expect(failure(await open(livestream.id)).code).toBe('ERR_PREVIEW_NO_WORKSPACE');
    value(await app.ask('ovp.saveWorkspace', { name: 'No key', address: ovp.url, tier: 'standard' }));
    expect(failure(await open(livestream.id)).code).toBe('ERR_PREVIEW_NO_WORKSPACE');
    expect(sent()).toEqual([]);
  });

  it('says that offline is on, and that nobody answers', async () => {
    await connect(app, ovp);
    app.ledger.setOffline(true);
    expect(failure(await open(livestream.id)).code).toBe('ERR_OFFLINE');
    expect(sent()).toEqual([]);
    app.ledger.setOffline(false);
    await ovp.stop();
    expect(failure(await open(livestream.id)).code).toBe('ERR_OVP_UNREACHABLE');
  });
});

describe('an address', () => {
  it('with a token in it gives the token, and nobody is asked', async () => {
    const source = value(await open('https://cdn.example.com/pt:one/pt:two/a/b.m3u8?x=1'));
    expect(source).toEqual({ title: 'b.m3u8', url: 'https://cdn.example.com/a/b.m3u8?x=1', token: 'one' });
    expect(sent()).toEqual([]);
  });

  it.each(['ftp://h/a.m3u8', 'file:///a.m3u8', 'a word', 'https://u:p@h/a.m3u8'])('is not %s', async (text) => {
    expect(failure(await open(text)).code).toBe('ERR_PREVIEW_SOURCE');
  });
});
