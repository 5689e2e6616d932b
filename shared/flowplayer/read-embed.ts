import type { Embed, EmbedForm } from './embed.ts';
import { untokenisedUrl } from './tokenised-url.ts';

/** No page has more players; the bound keeps hostile text from costing more than it is long. */
const MOST_EMBEDS = 200;
const LONGEST_EMBED = 16_384;

const ID = '[0-9A-Za-z-]{8,36}';
/** The beginnings of all forms; the alternatives are told apart by their groups. */
const ANCHOR = new RegExp(
  [
    `import\\s{1,8}(?<callee>[\\w$]{1,60})\\s{1,8}from\\s{0,8}["']https://embed\\.flowplayer\\.com/(?<player>${ID})/(?<media>${ID})\\.js["']`,
    `embed\\.jsp\\?(?<query>[^\\s"'<>\`]{1,500})`,
    `players/(?<site>[0-9a-f-]{36})/(?:native|7)/flowplayer\\.async\\.js`,
    `(?<react><Flowplayer)(?=[\\s/>])`,
    `(?<apple>MediaExternal\\s{0,8}\\()`,
    `(?<android>ExternalMedia\\s{0,8}\\()`,
    `(?<call>(?<![\\w.$])[\\w$]{0,60}flowplayer\\s{0,8}\\((?=\\s{0,40}["'\`\\w.$#]))`,
  ].join('|'),
  'gi',
);

/** Every Flowplayer embed of a text, in order. What a snippet leaves out is left out here too. */
export function readEmbeds(text: string): readonly Embed[] {
  const embeds: Embed[] = [];
  ANCHOR.lastIndex = 0;
  for (let match = ANCHOR.exec(text); match && embeds.length < MOST_EMBEDS; match = ANCHOR.exec(text)) {
    const embed = readAnchor(text, match);
    const previous = embeds.at(-1);
    if (embed.form === 'manual' && previous?.form === 'es-module' && embed.start - previous.end < LONGEST_EMBED)
      embeds[embeds.length - 1] = { ...embed, ...previous, end: embed.end };
    // a call that says nothing is a word of a sentence
    else if (Object.keys(embed).length > 3 || embed.form !== 'manual') embeds.push(embed);
    ANCHOR.lastIndex = Math.max(ANCHOR.lastIndex, embed.end);
  }
  return embeds;
}

function readAnchor(text: string, match: RegExpExecArray): Embed {
  const groups = match.groups ?? {};
  const start = match.index;
  const after = start + match[0].length;
  if (groups['callee'] !== undefined)
    return {
      form: 'es-module',
      start,
      end: after,
      ...compact({ playerId: groups['player'], mediaId: groups['media'] }),
    };
  if (groups['query'] !== undefined) return readIframe(text, start, after, groups['query']);
  if (groups['site'] !== undefined) return readAsync(text, start, after, groups['site']);
  const form: EmbedForm = groups['react']
    ? 'react'
    : groups['apple']
      ? 'ios'
      : groups['android']
        ? 'android'
        : 'manual';
  const end = form === 'react' ? tagEnd(text, after) : balancedEnd(text, after);
  return { form, start, end, ...readOptions(text.slice(start, end), form) };
}

/** `embed.jsp?id=<media>&pi=<player>`: an iframe's source, or the line by itself that WordPress turns into one. */
function readIframe(text: string, start: number, end: number, query: string): Embed {
  const clean = query.replaceAll('&amp;', '&');
  const parameter = (name: string): string | undefined => new RegExp(`(?:^|&)${name}=([\\w-]{1,40})`).exec(clean)?.[1];
  const before = text.slice(Math.max(0, start - 500), start);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const tag = line.toLowerCase().lastIndexOf('<iframe');
  const lone = /^\s*(?:https?:)?\/\/[\w.]+\/api\/video\/$/.test(line);
  return {
    form: lone ? 'wordpress' : 'iframe',
    start: tag >= 0 ? start - line.length + tag : start,
    end: tag >= 0 ? tagEnd(text, end) : end,
    ...compact({ mediaId: parameter('id'), playerId: parameter('pi') }),
  };
}

/** `<div data-player-id="…"><script src="…async.js">{"src": …}</script></div>` */
function readAsync(text: string, start: number, after: number, siteId: string): Embed {
  const before = text.slice(Math.max(0, start - 500), start);
  const ids = [...before.matchAll(/data-player-id=["']?([0-9A-Za-z-]{8,36})/g)];
  const closing = text.indexOf('</script', after);
  const end = closing < 0 || closing - after > LONGEST_EMBED ? Math.min(text.length, after + LONGEST_EMBED) : closing;
  return {
    form: 'async',
    start,
    end,
    ...readOptions(text.slice(after, end), 'async'),
    siteId,
    ...compact({ playerId: ids.at(-1)?.[1] }),
  };
}

/** The members of a configuration that matter here, in JavaScript, JSON or JSX. */
function readOptions(text: string, form: EmbedForm): Omit<Embed, 'form' | 'start' | 'end'> {
  const text1 = (name: string): string | undefined =>
    new RegExp(`(?<![\\w$])["']?${name}["']?\\s{0,20}[:=]\\s{0,20}\\{?\\s{0,20}(["'\`])([^"'\`]{1,8192})\\1`).exec(
      text,
    )?.[2];
  const literal = /["'`](https?:\/\/[^"'`\s]{1,8192}|\/\/[^"'`\s]{1,8192})["'`]/.exec(text)?.[1];
  const source =
    text1('src') ?? (form === 'ios' || form === 'android' || /["']?src["']?\s{0,20}:/.test(text) ? literal : undefined);
  const playbackToken = text1('playback_token');
  const licence = text1('token');
  const playerId = text1('player_id') ?? text1('playerId');
  if (source === undefined) return compact({ playerId, playbackToken, licence });
  if (/^(?:https?:)?\/\//i.test(source)) {
    const inUrl = untokenisedUrl(source).tokens[0];
    return compact({
      playerId,
      src: source,
      playbackToken: playbackToken ?? (form === 'ios' || form === 'android' ? inUrl : undefined),
      licence,
    });
  }
  // "<media>" or "<player>/<media>"
  const [first, second] = source.split('/');
  return compact({
    playerId: second === undefined ? playerId : first,
    mediaId: second ?? first,
    playbackToken,
    licence,
  });
}

type Optional<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
/** Leaves out the members that are undefined. */
const compact = <T extends Record<string, string | undefined>>(members: T): Optional<T> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Optional<T>;

/** Position after the parenthesis that closes the one before `at`; the end of the line when none does. */
function balancedEnd(text: string, at: number): number {
  let depth = 1;
  let quote = '';
  const limit = Math.min(text.length, at + LONGEST_EMBED);
  for (let i = at; i < limit; i++) {
    const character = text.charAt(i);
    if (quote !== '') {
      if (character === '\\') i++;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'" || character === '`') quote = character;
    else if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return i + 1;
  }
  const lineEnd = text.indexOf('\n', at);
  return lineEnd < 0 ? text.length : lineEnd;
}

/** Position after the `>` that ends a tag, passing over quoted and braced attribute values. */
function tagEnd(text: string, at: number): number {
  let braces = 0;
  let quote = '';
  const limit = Math.min(text.length, at + LONGEST_EMBED);
  for (let i = at; i < limit; i++) {
    const character = text.charAt(i);
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'" || character === '`') quote = character;
    else if (character === '{') braces++;
    else if (character === '}') braces--;
    else if (character === '>' && braces <= 0 && text[i - 1] !== '=') return i + 1;
  }
  return at;
}
