import type { PlayerState } from '../../../shared/contract/preview.ts';

/** What Flowplayer and hls.js mean by their codes, for people who have to do something about it. */
const WORDS: Readonly<Record<string, string>> = {
  '02-11': 'The playlist could not be loaded.',
  '02-12': 'The playlist did not come in time.',
  '02-13': 'The playlist could not be read.',
  '02-16': 'The playlist of one rendition could not be loaded.',
  '02-17': 'The playlist of one rendition did not come in time.',
  '02-21': 'A segment could not be loaded.',
  '02-22': 'A segment did not come in time.',
  '02-23': 'A segment could not be decrypted.',
  '02-24': 'A segment could not be read.',
  '02-27': 'This computer cannot play the stream’s codecs.',
  '03-404': 'What was asked for is not there.',
  '03-401': 'The server wants to know who asks.',
  '03-403': 'The server refused.',
  '04-09': 'The CDN refused.',
  '04-10': 'The CDN did not accept the access token.',
  manifestLoadError: 'The playlist could not be loaded.',
  manifestLoadTimeOut: 'The playlist did not come in time.',
  manifestParsingError: 'The playlist could not be read.',
  manifestIncompatibleCodecsError: 'This computer cannot play the stream’s codecs.',
  levelLoadError: 'The playlist of one rendition could not be loaded.',
  levelLoadTimeOut: 'The playlist of one rendition did not come in time.',
  levelEmptyError: 'The playlist of one rendition lists nothing.',
  fragLoadError: 'A segment could not be loaded.',
  fragLoadTimeOut: 'A segment did not come in time.',
  fragParsingError: 'A segment could not be read.',
  fragDecryptError: 'A segment could not be decrypted.',
  keyLoadError: 'The key of the stream’s encryption could not be loaded.',
  missing: 'Flowplayer is not in this copy of Catwalk. hls.js is one click away.',
};

/** A player's error as a sentence, with the player's own code and the name it has for it. */
export function describePlayerError(error: NonNullable<PlayerState['error']>): {
  readonly sentence: string;
  readonly code: string;
  readonly name: string;
} {
  const sentence = WORDS[error.code] ?? error.message;
  return { sentence, code: error.code, name: /^\d\d-/.test(error.code) ? error.name : '' };
}
