/** Why a key could not be read. `message` says it of this key; the sentence and next step for a person go by `code`. */
export interface KeyError {
  readonly code:
    | 'ERR_KEY_EMPTY'
    | 'ERR_KEY_TOO_LARGE'
    | 'ERR_KEY_TOO_SHORT'
    | 'ERR_KEY_BAD_ENCODING'
    | 'ERR_KEY_BAD_JWK'
    | 'ERR_KEY_BAD_PEM'
    | 'ERR_KEY_UNSUPPORTED';
  readonly message: string;
}
