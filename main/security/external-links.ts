import type { DocumentId } from '../../shared/contract/links.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** Pages that the app itself points to. */
export const DOCUMENTS: Readonly<Record<DocumentId, string>> = {
  'cta-5007': 'https://shop.cta.tech/products/cta-5007',
  'rfc-8392': 'https://www.rfc-editor.org/rfc/rfc8392',
  'rfc-8610': 'https://www.rfc-editor.org/rfc/rfc8610',
  'rfc-8747': 'https://www.rfc-editor.org/rfc/rfc8747',
  'rfc-8949': 'https://www.rfc-editor.org/rfc/rfc8949',
  'rfc-9052': 'https://www.rfc-editor.org/rfc/rfc9052',
  'rfc-9053': 'https://www.rfc-editor.org/rfc/rfc9053',
  'rfc-9449': 'https://www.rfc-editor.org/rfc/rfc9449',
  'iana-cwt-claims': 'https://www.iana.org/assignments/cwt/cwt.xhtml',
  'flowplayer-docs': 'https://docs.flowplayer.com/',
  'electron-keychain-linux': 'https://wiki.archlinux.org/title/GNOME/Keyring',
};

const MAX_LENGTH = 8192;
/** what browsers read as something else than it looks like: back slashes, control and direction characters, blanks */
const MISLEADING = /[\\\p{Cc}\p{Cf}\p{Z}]/u;

/** An address that may be handed to the system's browser, as the browser will read it; otherwise nothing is opened. */
export function parseExternalLink(text: string): Result<URL, AppError> {
  const refused = err(createError('ERR_LINK_REFUSED'));
  if (text.length > MAX_LENGTH || MISLEADING.test(text) || !/^https:\/\/[^/]/i.test(text)) return refused;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return refused;
  }
  if (
    url.protocol !== 'https:' ||
    url.hostname.replaceAll('.', '') === '' ||
    url.username !== '' ||
    url.password !== ''
  )
    return refused;
  return ok(url);
}

/** What opening a link needs of the system; a test gives others. */
export interface LinkPorts {
  /** a native dialog; the window cannot draw over it */
  confirm(question: { readonly host: string; readonly address: string }): Promise<boolean>;
  open(address: string): Promise<void>;
}

type LinkInput =
  | { readonly kind: 'document'; readonly id: DocumentId }
  | { readonly kind: 'address'; readonly url: string };

/** The only way to the system's browser. A refused question is an answer, not an error. */
export async function openLink(input: LinkInput, ports: LinkPorts): Promise<Result<null, AppError>> {
  const parsed = parseExternalLink(input.kind === 'document' ? DOCUMENTS[input.id] : input.url);
  if (!parsed.ok) return parsed;
  const address = parsed.value.href;
  if (input.kind === 'address' && !(await ports.confirm({ host: parsed.value.host, address }))) return ok(null);
  try {
    await ports.open(address);
    return ok(null);
  } catch {
    return err(createError('ERR_LINK_FAILED'));
  }
}
