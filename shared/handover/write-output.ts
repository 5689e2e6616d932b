import { assertNever } from '../assert-never.ts';
import type { EmbedForm } from '../flowplayer/embed.ts';
import { playerCaveat, tokenisedUrl, untokenisedUrl } from '../flowplayer/tokenised-url.ts';
import { writeEmbed } from '../flowplayer/write-embed.ts';
import { findTarget } from '../issue/targets.ts';
import { err, ok, type Result } from '../result.ts';
import { verifierById } from '../verifiers/registry.ts';
import type { HandoverInput, Output, OutputId, OutputLanguage, OutputProblem } from './output.ts';
import { kotlinString, shellWord, swiftString } from './quote.ts';

const TITLES: Readonly<Record<OutputId, string>> = {
  token: 'Token',
  'tokenised-url': 'URL',
  'es-module': 'Embed, ES module',
  async: 'Embed, asynchronous',
  manual: 'Embed, script tags',
  react: 'React',
  curl: 'curl',
  ffplay: 'ffplay',
  header: 'Header',
  cookie: 'Cookie',
  query: 'Query',
  'hls-js': 'hls.js',
  ios: 'Flowplayer for iOS',
  'av-player': 'AVPlayer',
  android: 'Flowplayer for Android',
  'exo-player': 'ExoPlayer',
};

type Written = Result<Output, OutputProblem>;

/** One output for a token. Every id and address is quoted as its language needs it. */
export function writeOutput(id: OutputId, input: HandoverInput): Written {
  if (!/^[\w.-]+$/.test(input.token))
    return refuse(id, 'token', 'The token must be base64url without padding, or in the dot form.');
  switch (id) {
    case 'token':
      return text(id, input.token, 'text');
    case 'tokenised-url':
      return withAddress(id, input, 'path', (address) => text(id, address, 'text', caveats(input)));
    case 'query':
      return withAddress(id, input, 'query', (address) => text(id, address, 'text', foreignNote(input, 'query')));
    case 'header':
      return text(id, `${headerName(input)}: ${input.token}`, 'http', foreignNote(input, 'header'));
    case 'cookie':
      return text(id, `Set-Cookie: ${cookieOf(input)}`, 'http', foreignNote(input, 'cookie'));
    case 'curl':
      return writeCurl(input);
    case 'ffplay':
      return withAddress(id, input, channelOf(input), (address) => text(id, `ffplay ${shellWord(address)}`, 'shell'));
    case 'hls-js':
      return withAddress(id, input, channelOf(input), (address) => text(id, hlsJs(address), 'html', hlsNotes(input)));
    case 'av-player':
      return withAddress(id, input, channelOf(input), (address) =>
        text(id, avPlayer(address), 'swift', hlsNotes(input)),
      );
    case 'exo-player':
      return withAddress(id, input, channelOf(input), (address) =>
        text(id, exoPlayer(address), 'kotlin', hlsNotes(input)),
      );
    case 'es-module':
    case 'async':
    case 'manual':
    case 'react':
    case 'ios':
    case 'android':
      return embed(id, input);
    default:
      return assertNever(id);
  }
}

function text(id: OutputId, code: string, language: OutputLanguage, notes: readonly string[] = []): Written {
  return ok({ title: TITLES[id], code, language, notes });
}

const refuse = (id: OutputId, member: keyof HandoverInput, message: string): Written =>
  err({ title: TITLES[id], member, message });

function embed(id: OutputId & EmbedForm, input: HandoverInput): Written {
  const { token, url, mediaId, playerId, siteId, licence } = input;
  const bare = url === undefined ? undefined : untokenisedUrl(url).url;
  const written = writeEmbed(id, {
    token,
    ...(bare !== undefined && { url: bare }),
    ...(mediaId !== undefined && { mediaId }),
    ...(playerId !== undefined && { playerId }),
    ...(siteId !== undefined && { siteId }),
    ...(licence !== undefined && { licence }),
  });
  if (!written.ok) return refuse(id, written.error.member, written.error.message);
  const { code, language, notes } = written.value;
  // the player leaves tokens out of sources that are not https, and says nothing
  const usesSource = bare !== undefined && (id === 'manual' || id === 'react');
  const caveat = usesSource ? playerCaveat(bare) : undefined;
  return text(id, code, language, [...notes, ...(caveat === undefined ? [] : [caveat]), ...foreignNote(input, 'path')]);
}

/** Where the chosen target looks for the token in an address. */
const channelOf = ({ target }: HandoverInput): 'path' | 'query' =>
  carrierOf(target)?.order.includes('query') === true ? 'query' : 'path';

const carrierOf = (target: HandoverInput['target']) => verifierById(findTarget(target)?.verifier ?? '')?.carrier;
const headerName = ({ target }: HandoverInput): string => carrierOf(target)?.headers[0] ?? 'CTA-Common-Access-Token';
const cookieName = ({ target }: HandoverInput): string => carrierOf(target)?.cookies[0] ?? 'CTA-Common-Access-Token';
const queryName = ({ target }: HandoverInput): string => carrierOf(target)?.queries[0] ?? 'CAT';

function withAddress(
  id: OutputId,
  input: HandoverInput,
  channel: 'path' | 'query',
  write: (address: string) => Written,
): Written {
  if (input.url === undefined || input.url.trim() === '')
    return refuse(id, 'url', 'The address of the stream is needed.');
  const address = tokenisedUrl(input.url, input.token);
  if (!address.ok) return refuse(id, address.error.code === 'not-an-address' ? 'url' : 'token', address.error.message);
  return write(channel === 'path' ? address.value.url : withQuery(untokenisedUrl(input.url.trim()).url, input));
}

/** The token as the last parameter; one of the same name is replaced, so that there is one token. */
function withQuery(url: string, input: HandoverInput): string {
  const name = queryName(input);
  const [, path = '', query, fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/.exec(url) ?? [];
  const others = (query ?? '').split('&').filter((part) => part !== '' && part.split('=', 1)[0] !== name);
  return `${path}?${[...others, `${name}=${input.token}`].join('&')}${fragment}`;
}

function writeCurl(input: HandoverInput): Written {
  if (channelOf(input) === 'path')
    return withAddress('curl', input, 'path', (address) => text('curl', `curl -i ${shellWord(address)}`, 'shell'));
  // a header keeps the token out of logs of addresses
  return withAddress('curl', input, 'query', () => {
    const header = `${headerName(input)}: ${input.token}`;
    const url = untokenisedUrl((input.url ?? '').trim()).url;
    return text('curl', `curl -i -H ${shellWord(header)} ${shellWord(url)}`, 'shell');
  });
}

function cookieOf(input: HandoverInput): string {
  const parts = [`${cookieName(input)}=${input.token}`, 'Path=/', 'Secure', 'HttpOnly', 'SameSite=None'];
  if (input.expires !== undefined && Math.abs(input.expires) < 8.64e12)
    parts.push(`Expires=${new Date(Math.floor(input.expires) * 1000).toUTCString()}`);
  return parts.join('; ');
}

function caveats(input: HandoverInput): readonly string[] {
  const replaced = untokenisedUrl((input.url ?? '').trim()).tokens.length;
  return [
    ...(replaced > 0 ? ['The address had a token already, which was taken out.'] : []),
    'Do not give it to the player together with playback_token: it would put the token in twice.',
    ...foreignNote(input, 'path'),
  ];
}

const WHERE = { path: 'in the path', query: 'in the query', header: 'in a header', cookie: 'in a cookie' } as const;

/** Said where the chosen target is not known to look. */
function foreignNote({ target }: HandoverInput, channel: keyof typeof WHERE): readonly string[] {
  const carrier = carrierOf(target);
  const isFlowplayer = target === 'flowplayer-ovp';
  // other recipients may look in paths, but not behind Flowplayer's “pt:”
  const looks = channel === 'path' ? isFlowplayer : carrier?.order.includes(channel) === true;
  return looks ? [] : [`${findTarget(target)?.name ?? target} is not known to look for tokens ${WHERE[channel]}.`];
}

const hlsNotes = (input: HandoverInput): readonly string[] =>
  channelOf(input) === 'path'
    ? ['Relative addresses in the playlists keep the token; absolute ones lose it.']
    : [
        'Only this address has the token: what the playlists name is asked for without it, unless the edge sets a cookie.',
      ];

const jsString = (value: string): string => JSON.stringify(value).replaceAll('<', '\\u003c');

const hlsJs = (address: string): string => `<video id="video" controls></video>
<script type="module">
  import Hls from "hls.js";
  const hls = new Hls();
  hls.loadSource(${jsString(address)});
  hls.attachMedia(document.querySelector("#video"));
</script>`;

const avPlayer = (address: string): string => `let player = AVPlayer(url: URL(string: ${swiftString(address)})!)
player.play()`;

const exoPlayer = (address: string): string => `val player = ExoPlayer.Builder(context).build()
player.setMediaItem(MediaItem.fromUri(${kotlinString(address)}))
player.prepare()
player.play()`;
