import type { Draft } from './draft.ts';
import type { TargetId } from './target.ts';

/** How a variable's text is read, and what it becomes where it stands alone in a value. */
export type VariableType =
  /** any text that is not blank */
  | 'text'
  /** an id in a path: letters, digits, `-`, `_`, `.` */
  | 'id'
  | 'number'
  /** "+2h", "tonight 23:59", a date: a NumericDate */
  | 'moment'
  /** "2h", "90 min": as text "2h", so that "+{{length}}" is a moment */
  | 'duration'
  /** an ISO 3166 code; the list of them */
  | 'country'
  | 'countries'
  /** an address, range or network number; the list of them */
  | 'network'
  | 'networks'
  /** a list of texts, divided by commas or semicolons */
  | 'texts';

export interface TemplateVariable {
  /** between the braces: `{{video}}` */
  readonly name: string;
  readonly label: string;
  readonly type: VariableType;
  /** what stands for a duration or number that is written without a unit: `h` makes "2" two hours */
  readonly unit?: 's' | 'min' | 'h' | 'd';
  /** taken where nothing is filled in; without one, a value is needed */
  readonly otherwise?: string;
  readonly example?: string;
  readonly hint?: string;
}

/**
 * A draft with gaps. In its claims and its kid, `{{name}}` stands for a variable: alone in a value it becomes what its
 * type makes of it, inside other text its text. `{{random}}` is 16 random bytes in hex, anew for every token.
 */
export interface Template {
  readonly title: string;
  /** one line */
  readonly summary: string;
  readonly makes: 'token' | 'negative-pack';
  /** where it is meant to work; absent: whatever is chosen */
  readonly target?: TargetId;
  readonly variables: readonly TemplateVariable[];
  readonly draft: Draft;
}
