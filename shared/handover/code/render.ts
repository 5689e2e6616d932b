import { encodeHex } from '../../bytes/hex.ts';
import { decodeUtf8Lossy, encodeUtf8 } from '../../bytes/utf8.ts';
import { encode } from '../../cbor/encode.ts';
import type { CborValue } from '../../cbor/node.ts';
import { claimByLabel } from '../../claims/registry.ts';
import type { CodePlan } from './plan.ts';

/** How a language calls the few functions its code has for CBOR; each of them gives encoded bytes. */
export interface Dialect {
  int(value: number): string;
  text(value: string): string;
  /** a byte string from hex digits */
  bytes(hex: string): string;
  array(items: readonly string[]): string;
  /** entries with their comment, each on a line of its own when `long` */
  map(entries: readonly RenderedEntry[], long: boolean): string;
  tag(number: number, item: string): string;
  /** bytes that are encoded already, from hex digits */
  raw(hex: string): string;
  /** an integer: the moment of making and so many seconds */
  after(span: number): string;
  /** a byte string: the id that was drawn */
  id(): string;
}

export interface RenderedEntry {
  readonly key: string;
  readonly value: string;
  /** what the claim is called */
  readonly comment?: string;
}

/** The claims of a plan as an expression. */
export function renderClaims({ claims, spans, idLength }: CodePlan, dialect: Dialect): string {
  const entries = claims.entries.map(({ key, value }): RenderedEntry => {
    const label = key.kind === 'int' && typeof key.value === 'number' ? key.value : undefined;
    const span = label === undefined ? undefined : spans.get(label);
    // names come from the registry only: a text label could end the comment
    const name = label === undefined ? undefined : claimByLabel(label)?.name;
    const written =
      span !== undefined
        ? dialect.after(span)
        : label === 7 && idLength !== undefined
          ? dialect.id()
          : render(value, dialect);
    return { key: render(key, dialect), value: written, ...(name !== undefined && { comment: name }) };
  });
  return dialect.map(entries, true);
}

/** The unprotected header of a plan as an expression. */
export function renderUnprotected({ form }: CodePlan, dialect: Dialect): string {
  if (form.kid === undefined || form.kidIn === 'protected') return dialect.map([], false);
  return dialect.map([{ key: dialect.int(4), value: dialect.bytes(encodeHex(form.kid)) }], false);
}

/** The protected header, encoded: alg, and the kid where it stands there. */
export function protectedHex({ form, macLength }: CodePlan): string {
  const alg: CborValue = { kind: 'int', value: macLength === 8 ? 4 : 5 };
  const entries: { key: CborValue; value: CborValue }[] = [{ key: int(1), value: alg }];
  if (form.kid !== undefined && form.kidIn === 'protected')
    entries.push({ key: int(4), value: { kind: 'bytes', value: form.kid } });
  return encodeHex(encode({ kind: 'map', entries }));
}
const int = (value: number): CborValue => ({ kind: 'int', value });

/** An item as an expression; what is rarer than integers, text, bytes, lists and maps is given encoded. */
function render(item: CborValue, dialect: Dialect): string {
  switch (item.kind) {
    case 'int':
      return typeof item.value === 'number' ? dialect.int(item.value) : dialect.raw(encodeHex(encode(item)));
    case 'text':
      return dialect.text(decodeUtf8Lossy(encodeUtf8(item.value)));
    case 'bytes':
      return dialect.bytes(encodeHex(item.value));
    case 'array':
      return dialect.array(item.items.map((one) => render(one, dialect)));
    case 'map':
      return dialect.map(
        item.entries.map(({ key, value }) => ({ key: render(key, dialect), value: render(value, dialect) })),
        false,
      );
    case 'tag':
      return typeof item.tag === 'number'
        ? dialect.tag(item.tag, render(item.value, dialect))
        : dialect.raw(encodeHex(encode(item)));
    default:
      return dialect.raw(encodeHex(encode(item)));
  }
}

/** An item inside the plan's tags, from the inside out. */
export const renderTags = ({ form }: CodePlan, item: string, dialect: Dialect): string =>
  form.tags.reduceRight((inner, tag) => dialect.tag(tag, inner), item);
