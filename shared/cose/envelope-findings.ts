import type { CborNode } from '../cbor/node.ts';
import { noticeAlgorithm, noticeProof } from './algorithm-findings.ts';
import type { EnvelopeParts } from './create-envelope.ts';
import type { Envelope } from './envelope.ts';
import { noticeHeaders } from './header-findings.ts';
import { Notices } from './notices.ts';
import { KIND_NAME, STRUCTURE_NAME, TAG_OF_KIND } from './words.ts';

/** What is odd, wrong or worth knowing about an envelope, each with its place (CAT.md e and f). */
export function noticeEnvelope(parts: EnvelopeParts): Pick<Envelope, 'findings' | 'dialects'> {
  const notices = new Notices();
  if (parts.kind === 'c4m-dot') noticeDot(parts, notices);
  else if (parts.inner.kind === 'array') {
    noticeTags(parts, notices);
    noticeShape(parts, parts.inner, notices);
  } else noticeBare(parts, notices);
  if (parts.inner.kind === 'array' || parts.kind === 'c4m-dot') {
    noticeAlgorithm(parts, notices);
    noticeHeaders(parts, notices);
    noticeProof(parts, notices);
  }
  noticePayload(parts, notices);
  return notices;
}

function noticeBare({ inner, tags, payload, root }: EnvelopeParts, notices: Notices): void {
  const stray = tags.find((tag) => tag !== 61);
  if (stray !== undefined) sayUnexpectedTag(stray, root, notices);
  if (payload)
    notices.say(
      'no-envelope',
      'warning',
      'These are claims alone: there is no MAC or signature around them, so nothing says who made them.',
      inner,
      'Ask for the whole token; this is only its payload.',
    );
  else if (inner.kind !== 'broken')
    notices.say(
      'not-an-envelope',
      'error',
      `A token is a COSE structure, an array of four items; this is ${KIND_NAME[inner.kind]}.`,
      inner,
    );
}

function noticeTags({ tags, kind, root }: EnvelopeParts, notices: Notices): void {
  const cose = TAG_OF_KIND[kind];
  for (let i = 0; i < tags.length; i++) {
    const tag = tags[i] ?? 0;
    if (tags.indexOf(tag) < i) notices.say('tag-repeated', 'warning', `Tag ${tag} stands more than once.`, root);
    else if (tag >= 96 && tag <= 98)
      notices.say(
        'cose-multi-recipient',
        'error',
        `Tag ${tag} is a COSE structure with several recipients or signers; CTA-5007 uses the plain ones only, with tags 16, 17 and 18.`,
        root,
        'Issue the token with one key, as COSE_Mac0 or COSE_Sign1.',
      );
    else if (tag !== 61 && tag !== cose) sayUnexpectedTag(tag, root, notices);
  }
  if (cose === undefined) return;
  const position = tags.indexOf(cose);
  const cwt = tags.indexOf(61);
  if (position !== -1 && cwt > position)
    // RFC 8392 §6: the CWT tag prefixes a tagged COSE structure
    notices.say(
      'tag-order',
      'error',
      `Tag 61 stands inside tag ${cose}; it belongs around it.`,
      root,
      `Write 61(${cose}(…)).`,
    );
  if (position === -1)
    notices.say(
      'no-cose-tag',
      'warning',
      `There is no tag ${cose}, so a verifier has to know that this is a ${STRUCTURE_NAME[kind]}. CloudFront, cat-token and node-cat want the tag.`,
      root,
      `Issue with tag ${cose}.`,
    );
  if (cwt === -1)
    notices.say(
      'no-cwt-tag',
      'info',
      'There is no CWT tag (61). It is optional, but node-cat’s HTTP validator and Akamai’s examples refuse tokens without it.',
      root,
      'Issue with tag 61 for those verifiers.',
    );
}

function sayUnexpectedTag(tag: number, root: CborNode, notices: Notices): void {
  notices.say(
    'unexpected-tag',
    'error',
    `Tag ${tag} is none of a token’s (61, 16, 17, 18). Verifiers that look at tags refuse it; Fastly’s skips it.`,
    root,
    'Issue the token without this tag.',
  );
}

function noticeShape(
  { kind, root }: EnvelopeParts,
  array: CborNode & { readonly kind: 'array' },
  notices: Notices,
): void {
  const wanted = kind === 'cose-encrypt0' ? 3 : 4;
  const count = array.items.length;
  const first = array.items[0];
  const second = array.items[1];
  const fourth = array.items[3];
  if (count > wanted)
    notices.say(
      'items-extra',
      'error',
      `A ${STRUCTURE_NAME[kind]} has ${wanted} items, this array has ${count}; what is beyond is not authenticated.`,
      array.items[wanted],
      'Issue the token without the items at the end.',
    );
  else if (count < wanted && array.items.at(-1)?.kind !== 'broken')
    notices.say(
      'items-missing',
      'error',
      `A ${STRUCTURE_NAME[kind]} has ${wanted} items, this array has ${count}.`,
      root,
    );
  if (first && first.kind !== 'bytes' && first.kind !== 'broken')
    notices.say(
      'protected-not-bytes',
      'error',
      `The protected header is a byte string around a map; this is ${KIND_NAME[first.kind]}.`,
      first,
    );
  if (second && second.kind !== 'map' && second.kind !== 'tag' && second.kind !== 'broken')
    notices.say(
      'unprotected-not-map',
      'error',
      `The unprotected header is a map; this is ${KIND_NAME[second.kind]}.`,
      second,
    );
  if (fourth && wanted === 4 && fourth.kind !== 'bytes' && fourth.kind !== 'broken')
    notices.say(
      'proof-not-bytes',
      'error',
      `The MAC or signature is a byte string; this is ${KIND_NAME[fourth.kind]}.`,
      fourth,
    );
}

const wrappedMap = (node: CborNode | undefined): CborNode | undefined =>
  node?.kind === 'tag' && node.tag === 259 ? node : undefined;

function noticeDot({ inner }: EnvelopeParts, notices: Notices): void {
  notices.speaks('c4m');
  if (inner.kind === 'array' && inner.items.length < 3)
    notices.say('items-missing', 'error', `There are three parts in this form, here are ${inner.items.length}.`, inner);
  notices.say(
    'c4m-dot',
    'warning',
    'Three parts with dots between them, as early C4M drafts and cat-token wrote tokens. It is no COSE; only those read it.',
    inner,
    'Issue as COSE_Mac0 or COSE_Sign1.',
  );
}

function noticePayload({ payload, inner, kind, protectedContent, unprotected }: EnvelopeParts, notices: Notices): void {
  const wrapped = wrappedMap(protectedContent) ?? wrappedMap(unprotected.node) ?? wrappedMap(payload?.content);
  if (wrapped) {
    notices.speaks('tag-259');
    notices.say(
      'tag-259',
      'warning',
      'Tag 259 stands around maps, as cbor-x writes them. Readers that expect a plain map refuse it.',
      wrapped,
      'Issue with plain maps.',
    );
  }
  const node = inner.kind === 'array' && kind !== 'c4m-dot' ? inner.items[2] : undefined;
  if (payload === undefined) {
    if (node?.kind === 'simple' && (node.value === 22 || node.value === 23))
      notices.say(
        'payload-detached',
        'error',
        'The payload is nil: the claims travel elsewhere, so there is nothing to read or to check.',
        node,
      );
    else if (node && node.kind !== 'broken')
      notices.say(
        'payload-not-bytes',
        'error',
        `The payload is a byte string around the claims; this is ${KIND_NAME[node.kind]}.`,
        node,
      );
    return;
  }
  const { form, claims } = payload.payload;
  if (form === 'hex-text') {
    notices.speaks('hex-text-payload');
    notices.say(
      'payload-hex-text',
      'warning',
      'The payload is a text string of hex digits instead of a byte string. node-cat writes it so without its CWT tag, with the MAC over the text; other verifiers cannot read the claims.',
      payload.payload.node,
      'Issue with the claims in a byte string.',
    );
  } else if (form === 'bare' && inner.kind === 'array')
    notices.say(
      'payload-not-bytes',
      'error',
      'The claims stand unwrapped where a byte string around them belongs.',
      payload.payload.node,
    );
  if (form === 'ciphertext' || claims) return;
  const content = payload.content;
  if (content?.kind === 'tag' && kind !== 'unknown')
    notices.say(
      'nested-token',
      'info',
      'The payload is another tagged COSE structure (a nested CWT), not a claims map.',
      content,
    );
  else notices.say('payload-unreadable', 'error', 'The payload is no claims map.', content ?? payload.payload.node);
}
