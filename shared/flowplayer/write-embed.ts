import { assertNever } from '../assert-never.ts';
import { err, ok, type Result } from '../result.ts';
import type { EmbedForm } from './embed.ts';
import { tokenisedUrl } from './tokenised-url.ts';

export interface EmbedSpec {
  /** the CAT, base64url */
  readonly token: string;
  readonly mediaId?: string;
  readonly playerId?: string;
  readonly siteId?: string;
  /** an address of a stream, without a token */
  readonly url?: string;
  /** the player's licence; left out, its place is marked */
  readonly licence?: string;
}

export interface WrittenEmbed {
  readonly code: string;
  readonly language: 'html' | 'jsx' | 'swift' | 'kotlin' | 'text';
  /** whether the token is in it; iframes take none */
  readonly carriesToken: boolean;
  /** what to know before it is used, in sentences */
  readonly notes: readonly string[];
}

export interface EmbedProblem {
  /** the member of the spec that is missing or cannot be used */
  readonly member: keyof EmbedSpec;
  readonly message: string;
}

const NO_TOKEN_IN_FRAMES =
  'This form carries no token: no place for one is documented for iframes. A protected stream plays with the JavaScript embed.';
const LICENCE_NOTE = 'The player needs its licence as “token”, except on localhost. It is not the playback token.';

/** Writes one embed form for a token. Ids and addresses are quoted as their language needs, never pasted in raw. */
export function writeEmbed(form: EmbedForm, spec: EmbedSpec): Result<WrittenEmbed, EmbedProblem> {
  const problem = findProblem(form, spec);
  if (problem) return err(problem);
  switch (form) {
    case 'es-module':
      return ok(html(esModule(spec), []));
    case 'async':
      return ok(html(asyncScript(spec), ['That this loader hands playback_token on is likely, and not confirmed.']));
    case 'manual':
      return ok(html(manualScript(spec), [LICENCE_NOTE]));
    case 'react':
      return ok({
        ...html(reactElement(spec), [LICENCE_NOTE, 'It needs @flowplayer/player 3.31 or later.']),
        language: 'jsx',
      });
    case 'iframe':
      return ok({ ...html(iframe(spec), [NO_TOKEN_IN_FRAMES]), carriesToken: false });
    case 'wordpress':
      return ok({
        ...html(`https://play.flowplayer.com${framePath(spec)}`, [NO_TOKEN_IN_FRAMES]),
        language: 'text',
        carriesToken: false,
      });
    case 'ios':
    case 'android':
      return nativeEmbed(form, spec);
    default:
      return assertNever(form);
  }
}

const html = (code: string, notes: readonly string[]): WrittenEmbed => ({
  code,
  language: 'html',
  carriesToken: true,
  notes,
});

const NEEDS: Readonly<Record<EmbedForm, readonly (keyof EmbedSpec)[]>> = {
  'es-module': ['playerId', 'mediaId'],
  async: ['siteId', 'playerId', 'mediaId'],
  manual: [],
  react: [],
  iframe: ['mediaId', 'playerId'],
  wordpress: ['mediaId', 'playerId'],
  ios: ['url'],
  android: ['url'],
};
const NAMES: Readonly<Record<string, string>> = {
  playerId: 'player id',
  mediaId: 'media id',
  siteId: 'workspace id',
  url: 'stream address',
};

function findProblem(form: EmbedForm, spec: EmbedSpec): EmbedProblem | undefined {
  for (const member of NEEDS[form]) if (spec[member] === undefined || spec[member] === '') return missing(member);
  if (NEEDS[form].length === 0 && spec.mediaId === undefined && spec.url === undefined) return missing('mediaId');
  for (const member of ['playerId', 'mediaId', 'siteId'] as const) {
    const value = spec[member];
    if (value !== undefined && !/^[\w-]{1,64}$/.test(value))
      return { member, message: `A ${NAMES[member]} has letters, digits and hyphens only.` };
  }
  if (!/^[\w.-]+$/.test(spec.token))
    return { member: 'token', message: 'The token must be base64url without padding here.' };
  return undefined;
}

const missing = (member: keyof EmbedSpec): EmbedProblem => ({
  member,
  message: `This form needs a ${NAMES[member] ?? member}.`,
});

/** A JavaScript string that cannot end the script element it stands in. */
const quoted = (text: string): string => JSON.stringify(text).replaceAll('<', '\\u003c');

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An address of a stream wins over ids, since it says exactly what is played. */
const sourceOf = ({ url, mediaId = '', playerId }: EmbedSpec): string =>
  url ?? (playerId === undefined ? mediaId : `${playerId}/${mediaId}`);

const esModule = ({ playerId, mediaId, token }: EmbedSpec): string => `<div id="player"></div>
<script type="module">
  import flowplayer from "https://embed.flowplayer.com/${playerId}/${mediaId}.js";
  flowplayer("#player", { playback_token: ${quoted(token)} });
</script>`;

const asyncScript = ({
  siteId,
  playerId,
  mediaId = '',
  token,
}: EmbedSpec): string => `<div data-player-id="${playerId}">
  <script src="//cdn.flowplayer.com/players/${siteId}/native/flowplayer.async.js">
    { "src": ${quoted(mediaId)}, "playback_token": ${quoted(token)} }
  </script>
</div>`;

const RELEASE = 'https://cdn.flowplayer.com/releases/native/3/stable';

function manualScript(spec: EmbedSpec): string {
  const plugins = spec.url === undefined ? ['hls', 'ovp'] : ['hls'];
  const scripts = [`${RELEASE}/flowplayer.min.js`, ...plugins.map((plugin) => `${RELEASE}/plugins/${plugin}.min.js`)];
  return `<link rel="stylesheet" href="${RELEASE}/style/flowplayer.css">
${scripts.map((src) => `<script src="${src}"></script>`).join('\n')}
<div id="player"></div>
<script>
  flowplayer("#player", {
    token: ${quoted(spec.licence ?? 'YOUR-PLAYER-LICENCE')},
    src: ${quoted(sourceOf(spec))},
    playback_token: ${quoted(spec.token)},
  });
</script>`;
}

const reactElement = (spec: EmbedSpec): string => `<Flowplayer
  token={${quoted(spec.licence ?? 'YOUR-PLAYER-LICENCE')}}
  src={${quoted(sourceOf(spec))}}
  opts={{ playback_token: ${quoted(spec.token)} }}
/>`;

const framePath = ({ mediaId, playerId }: EmbedSpec): string => `/api/video/embed.jsp?id=${mediaId}&pi=${playerId}`;

const iframe = (spec: EmbedSpec): string =>
  `<iframe src="${escapeHtml(`https://ljsp.lwcdn.com${framePath(spec)}`)}" width="640" height="360" allow="autoplay; fullscreen" allowfullscreen></iframe>`;

/** The native players have no option for a token, so it goes into the address of an external source. */
function nativeEmbed(form: 'ios' | 'android', { url = '', token }: EmbedSpec): Result<WrittenEmbed, EmbedProblem> {
  const tokenised = tokenisedUrl(url, token);
  if (!tokenised.ok)
    return err({
      member: tokenised.error.code === 'not-an-address' ? 'url' : 'token',
      message: tokenised.error.message,
    });
  const address = JSON.stringify(tokenised.value.url);
  const notes = ['The SDKs have no option for a playback token, so the address carries it.'];
  return ok(
    form === 'ios'
      ? {
          code: `playerView.load(external: MediaExternal(url: URL(string: ${address})!))`,
          language: 'swift',
          carriesToken: true,
          notes,
        }
      : // a dollar sign begins a template in Kotlin
        {
          code: `player.prepare(ExternalMedia(${address.replaceAll('$', '\\$')}), true)`,
          language: 'kotlin',
          carriesToken: true,
          notes,
        },
  );
}
