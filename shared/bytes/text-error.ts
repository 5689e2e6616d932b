/** Why a text is not the encoding it claims to be, and where: everything before `at` was understood. */
export interface TextError {
  /** UTF-16 position of the first character that does not belong; the text's length when something is missing */
  readonly at: number;
  /**
   * `character`: not of the alphabet; `padding`: `=` missing, misplaced or not allowed; `length`: the text ends inside
   * a byte; `trailing-bits`: unused bits of the last character are not zero (RFC 4648 §3.5)
   */
  readonly reason: 'character' | 'padding' | 'length' | 'trailing-bits';
}
