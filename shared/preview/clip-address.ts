import { CLIP_URL } from './parse-source.ts';

/** An address of the bundled clip whose path has this id in it, for a token that is made for that id. */
export const clipAddress = (id: string): string => CLIP_URL.replace(/[0-9a-f-]{36}/, () => encodeURIComponent(id));
