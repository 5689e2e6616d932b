/**
 * Every error that may cross from main to a person: the sentence that is shown and the next step. A verdict about a token
 * is not an error; a damaged token is not one either (it is findings). Details of the cause stay in main's log, under
 * `logId`.
 */
export interface AppError {
  readonly code: ErrorCode;
  /** one sentence: what happened */
  readonly message: string;
  /** one sentence: what can be done now */
  readonly hint?: string;
  /** finds the cause in the log; it means nothing to anybody else */
  readonly logId?: string;
  /** what a server answered, to be shown on demand; secrets were taken out */
  readonly answer?: { readonly status?: number; readonly raw: string };
  /** what is wrong in what was sent, each with its path in it: claims, cells, files */
  readonly problems?: readonly ErrorProblem[];
}

export interface ErrorProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

interface ErrorText {
  readonly message: string;
  readonly hint?: string;
}

export const ERRORS = {
  ERR_BATCH_BUSY: {
    message: 'Another run is under way.',
    hint: 'Wait until it is done, or cancel it.',
  },
  ERR_BATCH_CANCELLED: { message: 'It was cancelled.' },
  ERR_BATCH_CHANGED: {
    message: 'The run cannot be resumed: the table or the key is not what it was.',
    hint: 'Forget the run and start it again.',
  },
  ERR_BATCH_FAILED: {
    message: 'The run ended before its last row.',
    hint: 'Nothing was written under the final name.',
  },
  ERR_BATCH_GONE: { message: 'This run does not exist any more.', hint: 'Start it again.' },
  ERR_BATCH_JOB: {
    message: 'No token can be made of this template and these columns.',
    hint: 'Mend what is named and try again.',
  },
  ERR_BATCH_TABLE: {
    message: 'The file holds no rows that Catwalk can read.',
    hint: 'Choose a CSV file with a line of names, a JSON array of objects, or one JSON object a line.',
  },
  ERR_CLIPBOARD: {
    message: 'The clipboard did not take the text.',
    hint: 'Another program may hold the clipboard. Try again.',
  },
  ERR_FILE_NOT_FOUND: { message: 'The file is not there any more.', hint: 'Choose the file again.' },
  ERR_FILE_PERMISSION: {
    message: 'The file could not be read or written: permission was refused.',
    hint: 'Check who owns the file and its folder.',
  },
  ERR_FILE_TOO_LARGE: { message: 'The file is larger than Catwalk reads.', hint: 'Choose a smaller file.' },
  ERR_FILE_UNREADABLE: { message: 'The file could not be read.', hint: 'Check the disk and try again.' },
  ERR_FILE_NOT_TEXT: {
    message: 'The file is not text.',
    hint: 'For a secret of raw bytes choose “raw” as its encoding; for a token paste its text.',
  },
  ERR_INTERNAL: {
    message: 'Catwalk could not finish this because of a fault of its own.',
    hint: 'Nothing was changed. The log has the cause.',
  },
  ERR_ISSUE_CLAIMS: {
    message: 'The claims cannot be written.',
    hint: 'Each problem says where it is and what was expected.',
  },
  ERR_ISSUE_CONFIRM: {
    message: 'A guarded key signs only after its name was typed.',
    hint: 'Type the name of the key as it stands in the list.',
  },
  ERR_ISSUE_KEY: { message: 'The key cannot make this token.', hint: 'Choose another key or another algorithm.' },
  ERR_ISSUE_REFUSED: {
    message: 'The target would not take this token, so it was not made.',
    hint: 'Mend what is named, or choose another target.',
  },
  ERR_IPC_INPUT: {
    message: 'The window asked main for something it could not read.',
    hint: 'This is a fault of Catwalk. The log has the cause.',
  },
  ERR_IPC_RATE: { message: 'The window asked too often.', hint: 'Wait a second and try again.' },
  ERR_IPC_SENDER: { message: 'The request did not come from Catwalk’s own window, so it was refused.' },
  ERR_IPC_TOO_LARGE: { message: 'The request is larger than main accepts.', hint: 'Send less at once.' },
  ERR_CONTAINER_DAMAGED: {
    message: 'The key container is not as it was written.',
    hint: 'Export the keys again where they are.',
  },
  ERR_CONTAINER_PASSPHRASE: {
    message: 'The passphrase does not open this key container.',
    hint: 'Give the passphrase that was chosen when the keys were exported.',
  },
  ERR_KEY_BAD_ENCODING: {
    message: 'The key’s text does not read in the chosen encoding.',
    hint: 'Choose another encoding, or “auto” to keep the text and try every reading.',
  },
  ERR_KEY_BAD_JWK: { message: 'The text is not a JWK that Catwalk can use.', hint: 'Check the JSON and its “kty”.' },
  ERR_KEY_BAD_PEM: {
    message: 'The text is not a PEM key that Catwalk can use.',
    hint: 'Give an unencrypted P-256 or RSA key in PKCS#8, SPKI, PKCS#1 or SEC1 form.',
  },
  ERR_KEY_DUPLICATE: {
    message: 'A key of this name already exists in this environment.',
    hint: 'Choose another name, or delete the old key first.',
  },
  ERR_KEY_EMPTY: { message: 'The key is empty.', hint: 'Paste the secret, or choose a file.' },
  ERR_KEY_FILE_GONE: {
    message: 'The chosen key file is no longer held.',
    hint: 'Choose the file again; it is kept for ten minutes only.',
  },
  ERR_KEY_NO_PUBLIC_PART: {
    message: 'This key has no public part: whoever can verify with it can also sign.',
    hint: 'Export it encrypted under a passphrase instead.',
  },
  ERR_KEY_NOT_A_SET: {
    message: 'This is neither a JWK set nor a container of keys that Catwalk exported.',
    hint: 'A single key is imported under a name of its own.',
  },
  ERR_KEY_NOT_FOUND: { message: 'This key does not exist any more.', hint: 'Reload the list of keys.' },
  ERR_KEY_REPLACED: {
    message: 'This key was replaced by a newer one, which signs in its place.',
    hint: 'Choose the newer key. The old one verifies until it is deleted.',
  },
  ERR_KEY_ROTATE: {
    message: 'The key cannot be replaced by this one.',
    hint: 'Rotate the newest key of the row, with one of the same kind.',
  },
  ERR_KEY_TOO_LARGE: {
    message: 'The key is larger than 16 KiB.',
    hint: 'Check that this is a key and not a data file.',
  },
  ERR_KEY_TOO_SHORT: { message: 'The key is too short to be used.', hint: 'RSA keys need 2048 bits or more.' },
  ERR_KEY_UNSUPPORTED: {
    message: 'Keys of this kind are not supported.',
    hint: 'Tokens are made with HMAC secrets, P-256 keys and RSA keys.',
  },
  ERR_LINK_REFUSED: {
    message: 'This address is not opened.',
    hint: 'Only https addresses without a user name are opened. It can be copied instead.',
  },
  ERR_LINK_FAILED: { message: 'The browser could not be opened.', hint: 'Copy the address instead.' },
  ERR_OFFLINE: {
    message: 'Offline is on, so nothing was sent.',
    hint: 'Switch it off in the status bar and try again.',
  },
  ERR_OVP_ADDRESS: {
    message: 'This is no address that requests may go to.',
    hint: 'Give https and a host, such as https://api.flowplayer.com.',
  },
  ERR_OVP_API_KEY: {
    message: 'This workspace has no API key for its address.',
    hint: 'Enter the API key from Workspace settings, API Key.',
  },
  ERR_OVP_CANCELLED: { message: 'The request was cancelled.' },
  ERR_OVP_CLAIMS: {
    message: 'The OVP’s API does not take these claims.',
    hint: 'Change them, or sign the token here instead.',
  },
  ERR_OVP_DELETED: { message: 'The OVP answered that this was deleted.', hint: 'Refresh the list.' },
  ERR_OVP_FAULT: { message: 'Something failed on the OVP’s side.', hint: 'Try again in a minute.' },
  ERR_OVP_KEY_REFUSED: {
    message: 'The OVP does not accept this API key.',
    hint: 'Copy the key again from Workspace settings, API Key, and enter it here.',
  },
  ERR_OVP_NOT_FOUND: { message: 'The OVP has not found it.', hint: 'Refresh the list.' },
  ERR_OVP_NOT_OFFERED: { message: 'The OVP’s API does not offer this.', hint: 'Do it in the OVP itself.' },
  ERR_OVP_NO_ACCESS: {
    message: 'The API key has no access to this.',
    hint: 'Use the API key of the workspace that this belongs to.',
  },
  ERR_OVP_REDIRECT: {
    message: 'The answer was a redirect, which was not followed: the API key would have gone along.',
    hint: 'Check the workspace’s address. A sign-in page of the network may stand in between.',
  },
  ERR_OVP_REFUSED: { message: 'The OVP did not accept what was sent.', hint: 'Change what it names and ask again.' },
  ERR_OVP_STATUS: { message: 'The OVP answered something unexpected.', hint: 'See the raw answer.' },
  ERR_OVP_TIMEOUT: { message: 'No answer came in time.', hint: 'Check the connection and try again.' },
  ERR_OVP_TOO_MANY: { message: 'The OVP had too many requests.', hint: 'Wait a minute and try again.' },
  ERR_OVP_UNFINISHED_GONE: { message: 'This key is not waiting any more.', hint: 'Look at the list of keys.' },
  ERR_OVP_UNREACHABLE: { message: 'The OVP could not be reached.', hint: 'Check the connection and try again.' },
  ERR_OVP_UNREADABLE: { message: 'The answer could not be read.', hint: 'See the raw answer.' },
  ERR_OVP_WORKSPACE_GONE: { message: 'This workspace does not exist any more.', hint: 'Choose another workspace.' },
  ERR_OVP_WORKSPACE_NAME: { message: 'A workspace of this name already exists.', hint: 'Choose another name.' },
  ERR_PREVIEW_DECISION: {
    message: 'No mend of this token is Catwalk’s to make: what refuses the request is a decision about rights.',
    hint: 'Open the token in Issue and change what is named, or change the request.',
  },
  ERR_PREVIEW_MEDIA: {
    message: 'There is no HLS playlist in what was chosen.',
    hint: 'Choose a file that ends in .m3u8, or the folder it lies in.',
  },
  ERR_PREVIEW_NO_MEDIA: {
    message: 'No workspace has a video or livestream with this id.',
    hint: 'Compare the id with the OVP’s, or give the https address of the playlist.',
  },
  ERR_PREVIEW_NO_STREAM: {
    message: 'The OVP names no HLS playlist for this media.',
    hint: 'It may not be encoded or published yet. Otherwise give the https address of the playlist.',
  },
  ERR_PREVIEW_NO_WORKSPACE: {
    message: 'A media id is looked up in the OVP, and no workspace here has an API key.',
    hint: 'Add a workspace with its API key under Workspaces, or give the https address of the playlist.',
  },
  ERR_PREVIEW_ROW: {
    message: 'Nothing more is known of this request.',
    hint: 'The facts of the newest requests are kept. Play it again.',
  },
  ERR_PREVIEW_SOURCE: {
    message: 'This is nothing that can be played.',
    hint: 'Give the https address of an HLS playlist, a media id, or an embed snippet.',
  },
  ERR_SECRETS_CORRUPT: {
    message: 'A stored secret could not be read back whole.',
    hint: 'The key’s row stays. Enter the secret again.',
  },
  ERR_SECRETS_DENIED: {
    message: 'The keychain refused access.',
    hint: 'Allow Catwalk in the keychain’s dialog and try again.',
  },
  ERR_SECRETS_LOCKED: { message: 'The keychain is locked.', hint: 'Unlock it and try again.' },
  ERR_SECRETS_MISSING: {
    message: 'The secret of this key is not in the store any more.',
    hint: 'The key’s row stays. Enter the secret again.',
  },
  ERR_SECRETS_MOVE: {
    message: 'The secrets were not moved.',
    hint: 'All of them are where they were. Mend what is named and try again.',
  },
  ERR_SECRETS_UNAVAILABLE: {
    message: 'The keychain cannot be reached.',
    hint: 'Start it and look again under Keys. Keys that were read in this session still work.',
  },
  ERR_SETTINGS_FILE: {
    message: 'This is no file of settings that Catwalk exported.',
    hint: 'Choose the JSON file that “Export settings” wrote.',
  },
  ERR_STORE_CORRUPT: {
    message: 'A file of Catwalk’s own could not be read and was put aside.',
    hint: 'It was kept beside the new one under a name that ends in “.corrupt”.',
  },
  ERR_STORE_NEWER: {
    message: 'A file of Catwalk’s own was written by a newer version.',
    hint: 'Use that version, or start with another profile. The file was left as it is.',
  },
  ERR_STORE_WRITE: {
    message: 'The change could not be saved.',
    hint: 'Check that the disk has space and that the profile folder can be written.',
  },
  ERR_TEMPLATE_EXISTS: {
    message: 'A template of this name exists already.',
    hint: 'Choose another title, or replace the old one.',
  },
  ERR_TEMPLATE_NOT_FOUND: { message: 'This template does not exist any more.', hint: 'Reload the list of templates.' },
  ERR_TEMPLATE_UNUSABLE: {
    message: 'The template cannot be used as it stands.',
    hint: 'Each problem says where it is and what was expected.',
  },
  ERR_TOKEN_TEXT: {
    message: 'The text is not base64url and not in the dot form, so no token could be read from it.',
    hint: 'Paste it into Inspect, which says what it is and repairs what it can.',
  },
  ERR_VAULT_DAMAGED: {
    message: 'The file of the passphrase vault is not as Catwalk wrote it.',
    hint: 'It was left as it is. Put a copy from a backup in its place, or put it aside and enter the secrets again.',
  },
  ERR_VAULT_EXISTS: { message: 'This profile has a passphrase vault already.', hint: 'Unlock it with its passphrase.' },
  ERR_VAULT_NONE: { message: 'This profile has no passphrase vault yet.', hint: 'Choose a passphrase to make one.' },
  ERR_VAULT_PASSPHRASE: {
    message: 'The passphrase does not open the vault.',
    hint: 'Try again. Nobody can find out a passphrase that is lost; the vault can be put aside and its secrets entered again.',
  },
} as const satisfies Readonly<Record<string, ErrorText>>;

export type ErrorCode = keyof typeof ERRORS;

/** An error of the list, with a more exact sentence where the caller knows more. */
export function createError(code: ErrorCode, more: Partial<Omit<AppError, 'code'>> = {}): AppError {
  const text: ErrorText = ERRORS[code];
  const hint = more.hint ?? text.hint;
  return {
    code,
    message: more.message ?? text.message,
    ...(hint === undefined ? {} : { hint }),
    ...(more.logId === undefined ? {} : { logId: more.logId }),
    ...(more.answer === undefined ? {} : { answer: more.answer }),
    ...(more.problems === undefined ? {} : { problems: more.problems }),
  };
}
