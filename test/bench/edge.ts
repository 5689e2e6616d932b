import { fork } from 'node:child_process';
import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { nodeCrypto } from '../../main/crypto/node-crypto.ts';
import { createEdge, type EdgeAnswer, type EdgeStage } from '../../main/edge/edge.ts';
import type { Mount } from '../../main/edge/media.ts';
import { bareUrl, serveMedia } from '../../main/edge/serve-media.ts';
import type { EdgeSettings } from '../../shared/contract/preview.ts';
import type { CandidateKey } from '../../shared/cose/crypto-port.ts';
import type { SentRequest } from '../../shared/edge/judge-request.ts';
import { keepOpened } from '../../shared/edge/open-token.ts';
import { createIssuer } from '../../shared/issue/create-issuer.ts';
import { findTarget } from '../../shared/issue/targets.ts';
import { DEFAULT_EDGE } from '../../shared/preview/default-edge.ts';
import { CLIP_URL } from '../../shared/preview/parse-source.ts';
import { median } from './measure.ts';
import type { Section } from './report.ts';

const SECRET = Buffer.from('403697de87af64611c1d32a05dab0fe1fcb715a86ab435f1ec99192d79569388', 'hex');
const KEY: CandidateKey = { ref: 'bench', encoding: 'hex', alg: 'HS256', material: { kind: 'secret', bytes: SECRET } };
const NOW = Math.floor(Date.now() / 1000);
const BASE = new URL('.', CLIP_URL);

/** What two renditions of the clip take, the small files among the large ones. */
const NAMES = [
  'playlist.m3u8',
  ...['360p', '720p'].flatMap((rendition) => [
    ...['index.m3u8', 'init.mp4'].map((name) => `${rendition}/${name}`),
    ...Array.from({ length: 15 }, (_, index) => `${rendition}/seg_${String(index + 1).padStart(4, '0')}.m4s`),
  ]),
];
/** more tokens than the edge keeps opened, so that each has to be read and verified anew */
const STRANGERS = 1000;
const CONNECTIONS = 32;
/** requests a round */
const COUNT = 1000;
const ROUNDS = 15;
const WARM_ROUNDS = 4;

const SETTINGS: EdgeSettings = { ...DEFAULT_EDGE, verifier: 'cta-5007' };

function createTokens(): readonly string[] {
  const target = findTarget('cta-5007-b');
  if (target === undefined) throw new Error('no target cta-5007-b');
  const claims = {
    ...{ iss: 'nordlys-media', sub: 'session-4f1c2a9e', exp: NOW + 7200, nbf: NOW - 60, iat: NOW - 60, catv: 1 },
    cti: { hex: '4338ce01d9198ab1710436a5ec001332' },
    catu: { host: { exact: BASE.host }, path: { prefix: BASE.pathname } },
    ...{ catm: ['GET', 'HEAD'], catgeoiso3166: ['SE', 'NO'] },
  };
  const issuer = createIssuer({ claims, kept: [], envelope: { kid: 'bench' } }, target, KEY.material, nodeCrypto);
  if (!issuer.ok) throw new Error(JSON.stringify(issuer.error));
  return Array.from({ length: STRANGERS }, (_, index) => {
    const issued = issuer.value.issue({ cti: { hex: index.toString(16).padStart(32, '0') } });
    if (!issued.ok) throw new Error(JSON.stringify(issued.error));
    return Buffer.from(issued.value.bytes).toString('base64url');
  });
}

/** One after the other, each taken up by the next connection that is free. */
interface Load {
  readonly count: number;
  /** how many tokens take turns */
  readonly viewers: number;
}

/** Asks a server as many players would; started as a process of its own, so that its work is not the server's. */
export function runLoad(port: number): void {
  const tokens = createTokens();
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let asked = 0;
  const ask = (viewers: number): Promise<number> =>
    new Promise((resolve, reject) => {
      asked += 1;
      const path = `/pt:${tokens[asked % viewers] ?? ''}${BASE.pathname}${NAMES[asked % NAMES.length] ?? ''}`;
      const begun = performance.now();
      const request = http.get({ agent, port, path, headers: { origin: 'https://localhost' } }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`the edge answered ${response.statusCode ?? 'nothing'}`));
        response.on('end', () => resolve((performance.now() - begun) * 1000));
        response.resume();
      });
      request.on('error', reject);
    });
  const run = async ({ count, viewers }: Load) => {
    const micros: number[] = [];
    let left = count;
    const connection = async () => {
      while (left > 0) {
        left -= 1;
        micros.push(await ask(viewers));
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, connection));
    process.send?.(median(micros));
  };
  process.on('message', (load: Load) => void run(load));
  process.send?.('ready');
}

type Answer = (request: SentRequest) => Promise<Pick<EdgeAnswer, 'status' | 'headers' | 'body'> | undefined>;

/** The same server with the same files, under the same load: once it asks for a token, and once it does not. */
export async function edgeSection(program: string): Promise<Section> {
  const mount: Mount = { folder: path.resolve('assets/clip'), fileName: 'playlist.m3u8', url: new URL(CLIP_URL) };
  const edge = createEdge({ askOrigin: () => Promise.reject(new Error('nobody is asked')) });
  const stage: EdgeStage = {
    ...{ settings: SETTINGS, tokens: keepOpened([KEY], nodeCrypto), mount },
    ...{ source: new URL(CLIP_URL), hasToken: true },
  };
  const without: Answer = (request) => serveMedia(request, bareUrl(request), mount, SETTINGS);
  const enforcing: Answer = (request) => edge.answer(request, stage);
  const works = [
    { name: 'the same server, no token asked for', answer: without, viewers: 1 },
    { name: 'the same token with every request, as a player sends it', answer: enforcing, viewers: 1 },
    { name: 'a token that is not known with every request', answer: enforcing, viewers: STRANGERS },
  ];

  let current = without;
  const respond = async ({ url = '', method = 'GET', headers }: IncomingMessage, response: ServerResponse) => {
    const fields = Object.entries(headers).map(([name, value]) => ({ name, value: String(value) }));
    const answered = await current({ url: `${BASE.origin}${url}`, method, headers: fields });
    response.writeHead(answered?.status ?? 404, answered?.headers.flat() ?? []);
    response.end(answered?.body);
  };
  const server = http.createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const players = fork(program, ['edge-load', String(address.port)]);
  await once(players, 'message');
  try {
    const rounds = works.map(() => ({ cpu: [] as number[], waited: [] as number[] }));
    for (let round = 0; round < ROUNDS + WARM_ROUNDS; round++)
      for (const [index, { answer, viewers }] of works.entries()) {
        current = answer;
        const before = process.cpuUsage();
        players.send({ count: COUNT, viewers } satisfies Load);
        const [waited] = (await once(players, 'message')) as [number];
        const { user, system } = process.cpuUsage(before);
        // until then compilers are still at work
        if (round < WARM_ROUNDS) continue;
        rounds[index]?.cpu.push((user + system) / COUNT);
        rounds[index]?.waited.push(waited);
      }
    const first = rounds[0]?.cpu ?? [];
    const measured = works.map(({ name }, index) => {
      // what else the machine does falls on a whole round, so each is compared within itself
      const ratios = (rounds[index]?.cpu ?? []).map((cpu, round) => cpu / (first[round] ?? Number.NaN));
      const micros = median(first) * median(ratios);
      return { name, micros, rate: 1e6 / micros, waited: median(rounds[index]?.waited ?? []) };
    });
    const [bare, ...others] = measured;
    if (bare === undefined) throw new Error('nothing was measured');
    const costs = others.map(
      ({ micros, waited }) =>
        `${(micros - bare.micros).toFixed(0)} µs a request (${((100 * bare.micros) / micros).toFixed(0)} % of the rate is kept; at the median an answer takes ${(waited / 1000).toFixed(2)} ms instead of ${(bare.waited / 1000).toFixed(2)} ms)`,
    );
    return {
      title: `The edge, serving the clip over HTTP to ${CONNECTIONS} connections`,
      timings: measured.map(({ name, micros, rate }) => ({ name, micros, rate })),
      against: bare.name,
      remark: `Times are processor time of the server alone. Enforcement costs ${costs.join('; ')}.`,
    };
  } finally {
    players.kill();
    server.closeAllConnections();
    server.close();
  }
}
