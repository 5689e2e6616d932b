/**
 * How a form edits a claim: data, drawn by one renderer, never a component here. The form's value is claims JSON
 * (the definition's `toJson`/`fromJson`), so form, JSON and EDN views cannot drift apart.
 */
export type FieldSpec =
  | { readonly kind: 'text'; readonly placeholder?: string; readonly suggestions?: readonly string[] }
  /** text or a list of texts; one item may be written as a bare string when `single` */
  | {
      readonly kind: 'text-list';
      readonly placeholder?: string;
      readonly suggestions?: readonly string[];
      readonly single?: boolean;
      readonly max?: number;
    }
  | { readonly kind: 'integer'; readonly min?: number; readonly max?: number; readonly unit?: string }
  | { readonly kind: 'number'; readonly min?: number; readonly max?: number; readonly unit?: string }
  /** a moment: NumericDate in seconds, entered as a date or as "+2h" */
  | { readonly kind: 'time' }
  | { readonly kind: 'duration' }
  | {
      readonly kind: 'choice';
      readonly options: readonly { readonly value: string | number; readonly label: string; readonly hint?: string }[];
    }
  /** `{ "hex": "…" }`; `random` offers to draw that many bytes, `text` lets them be typed as the text they encode */
  | {
      readonly kind: 'bytes';
      readonly length?: number;
      readonly random?: number;
      readonly text?: boolean;
      readonly suggestions?: readonly string[];
    }
  | { readonly kind: 'countries' }
  | { readonly kind: 'methods' }
  | { readonly kind: 'networks' }
  /** catu: component × match type × text */
  | { readonly kind: 'uri-rules' }
  /** cath: header name × match type × text */
  | { readonly kind: 'header-rules' }
  | { readonly kind: 'coordinates' }
  /** a fixed set of named members, in order; claims JSON is an object */
  | { readonly kind: 'group'; readonly members: readonly FieldMember[] }
  /** a fixed sequence; claims JSON is an array */
  | { readonly kind: 'tuple'; readonly members: readonly FieldMember[] }
  | { readonly kind: 'list'; readonly of: FieldSpec; readonly addLabel: string }
  /** nested claims sets of a composite */
  | { readonly kind: 'claims-sets' }
  /** text, bytes or, where `number`, a number */
  | { readonly kind: 'scalar'; readonly number?: boolean }
  /** one member, named after how bytes or text are compared; `end` says what `null` in its place means */
  | {
      readonly kind: 'match';
      readonly options: readonly { readonly value: string; readonly label: string }[];
      readonly end?: string;
    }
  /** several of a few words */
  | { readonly kind: 'choices'; readonly options: readonly string[] }
  /** any CBOR item, in diagnostic notation */
  | { readonly kind: 'cbor' }
  /** catif: claims × status, headers, key id */
  | { readonly kind: 'responses' }
  /** anything else: claims JSON in an editor, with its own errors */
  | { readonly kind: 'json' };

export interface FieldMember {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
  readonly field: FieldSpec;
}
