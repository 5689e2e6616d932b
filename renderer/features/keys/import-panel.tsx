import { useEffect, useRef, useState } from 'react';
import type {
  Environment,
  ImportEncoding,
  KeyFile,
  KeyImport,
  KeyRecord,
  KeySetImported,
} from '../../../shared/contract/keys.ts';
import type { AppError } from '../../../shared/errors.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/field.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { Select } from '../../ui/select.tsx';
import { EnvironmentSelect } from './environments.tsx';
import { describeShape, shapeOf, type TextShape } from './guess-reading.ts';
import { READINGS } from './key-words.ts';
import { SecretField } from './secret-field.tsx';
import { SidePanel } from './side-panel.tsx';
import { describeWay } from './store-words.ts';
import { WillBeStored } from './will-be-stored.tsx';

/** What the form starts with: the kid a token asked for, a dropped file's text, or a row whose secret is entered again. */
export interface ImportStart {
  readonly kid?: string;
  readonly text?: string;
  readonly name?: string;
  readonly replaces?: KeyRecord;
}

type Source = 'secret' | 'document' | 'file';

const SOURCES: readonly { readonly id: Source; readonly title: string }[] = [
  { id: 'secret', title: 'Secret' },
  { id: 'document', title: 'JWK or PEM' },
  { id: 'file', title: 'File' },
];
const RAW = { id: 'raw', text: 'raw bytes', hint: 'the file is the secret' } as const;
const EMPTY = shapeOf('');

export function ImportPanel(props: {
  readonly start: ImportStart;
  readonly onClose: () => void;
  readonly onImported: (key: KeyRecord) => void;
}) {
  const { start, onClose, onImported } = props;
  const { platform, keys, secrets } = useSession();
  const store = useLive(secrets).value;
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [source, setSource] = useState<Source>(
    start.text !== undefined && shapeOf(start.text).kind !== 'text' ? 'document' : 'secret',
  );
  const [shape, setShape] = useState<TextShape>(EMPTY);
  const [file, setFile] = useState<KeyFile | undefined>(undefined);
  // a secret that is entered again is read as it was
  const [encoding, setEncoding] = useState<ImportEncoding>(
    READINGS.find(({ id }) => id === start.replaces?.encoding)?.id ?? 'auto',
  );
  const [name, setName] = useState(start.replaces?.name ?? start.name?.replace(/\.[^.]+$/, '') ?? '');
  const [kid, setKid] = useState(start.replaces?.kid ?? start.kid ?? '');
  const [environment, setEnvironment] = useState<Environment>(start.replaces?.environment ?? 'dev');
  const [isBusy, setBusy] = useState(false);
  const [imported, setImported] = useState<KeySetImported | undefined>(undefined);
  const passphrase = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [hasPassphrase, setHasPassphrase] = useState(false);
  const [error, setError] = useState<AppError | undefined>(undefined);

  useEffect(() => {
    const control = field.current;
    if (control !== null && start.text !== undefined) {
      control.value = start.text;
      setShape(shapeOf(start.text));
    }
    control?.focus();
    // nothing of a secret stays behind when the form goes
    return () => {
      if (control !== null) control.value = '';
    };
  }, [start.text]);

  const many = holdsMany(source, shape, file);
  const isSet = start.replaces === undefined && many !== undefined;
  const isContainer = isSet && many === 'container';
  const blocked = isSet
    ? isContainer && !hasPassphrase
      ? 'Give the passphrase of the file first'
      : undefined
    : whyBlocked(source, shape, file, name);

  const chooseFile = async () => {
    const answer = await platform.keys.openFile();
    if (!answer.ok) setError(answer.error);
    else if (answer.value !== null) {
      setError(undefined);
      setFile(answer.value);
      if (answer.value.looksLike === 'binary') setEncoding('raw');
      if (name === '') setName(answer.value.fileName.replace(/\.[^.]+$/, ''));
      if (kid === '' && answer.value.kid !== undefined) setKid(answer.value.kid);
    }
  };

  const submit = async () => {
    if (blocked !== undefined || isBusy) return;
    const from: KeyImport['source'] | undefined =
      source !== 'file'
        ? { kind: 'text', text: field.current?.value ?? '' }
        : file && { kind: 'file', handle: file.handle };
    if (from === undefined) return;
    setBusy(true);
    if (isSet) {
      const secret = passphrase.current?.value ?? '';
      const set = await platform.keys.importSet({
        source: from,
        environment,
        ...(isContainer ? { passphrase: secret } : {}),
      });
      setBusy(false);
      setError(set.ok ? undefined : set.error);
      if (!set.ok) return;
      for (const control of [field.current, passphrase.current]) if (control !== null) control.value = '';
      setShape(EMPTY);
      setHasPassphrase(false);
      await keys.reload();
      const [first] = set.value.keys;
      if (set.value.refused.length === 0 && first !== undefined) onImported(first);
      else setImported(set.value);
      return;
    }
    const answer = await platform.keys.import({
      name: name.trim(),
      environment,
      encoding: encodingOf(source, shape, file, encoding),
      source: from,
      ...(kid === '' ? {} : { kid }),
      ...(start.replaces === undefined ? {} : { replaces: start.replaces.id }),
    });
    setBusy(false);
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    if (field.current !== null) field.current.value = '';
    await keys.reload();
    onImported(answer.value);
  };

  const isDocument = source === 'document' || file?.looksLike === 'jwk' || file?.looksLike === 'pem';
  return (
    <SidePanel
      label="Import a key"
      title={start.replaces === undefined ? (isSet ? 'Import several keys' : 'Import a key') : 'Enter the secret again'}
      onClose={onClose}
      onSubmit={() => void submit()}
      hint={blocked}
      notice={error === undefined ? undefined : <ErrorNote error={error} />}
      actions={
        <>
          <Button size="large" onPress={onClose}>
            {imported === undefined ? 'Cancel' : 'Close'}
          </Button>
          <Button size="large" variant="primary" type="submit" shortcut="↵" isBusy={isBusy} disabledReason={blocked}>
            {isSet ? 'Import keys' : 'Import key'}
          </Button>
        </>
      }
    >
      <SegmentedControl
        label="Where the key comes from"
        options={SOURCES}
        selected={source}
        onSelect={(next) => {
          setSource(next);
          setShape(EMPTY);
          setError(undefined);
        }}
      />
      {source === 'file' ? (
        <FileChoice file={file} onChoose={() => void chooseFile()} />
      ) : (
        <SecretField
          key={source}
          label={source === 'secret' ? 'Secret' : 'JWK or PEM'}
          placeholder={source === 'secret' ? 'Paste or type the secret' : '-----BEGIN PUBLIC KEY-----'}
          isLong={source === 'document'}
          hint={source === 'secret' ? describeShape(shape) : describeDocument(shape)}
          fieldRef={field}
          onChange={(text) => setShape(shapeOf(text))}
        />
      )}
      {isContainer ? (
        <SecretField
          key="passphrase"
          label="Passphrase of the file"
          placeholder=""
          isLong={false}
          hint="The one that was chosen when the keys were exported."
          fieldRef={passphrase}
          onChange={(text) => setHasPassphrase(text !== '')}
        />
      ) : null}
      {isDocument || isSet ? null : (
        <Select
          label="Read as"
          options={source === 'file' ? [...READINGS, RAW] : READINGS}
          selected={encoding}
          onSelect={setEncoding}
          hint={readingHint(encoding, shape, source)}
        />
      )}
      {isSet ? (
        <EnvironmentSelect selected={environment} onSelect={setEnvironment} />
      ) : (
        <>
          <div className="two">
            <TextField
              label="Name"
              value={name}
              onChange={setName}
              placeholder="qa-local"
              maxLength={80}
              autoComplete="off"
              isReadOnly={start.replaces !== undefined}
            />
            {start.replaces === undefined ? (
              <EnvironmentSelect selected={environment} onSelect={setEnvironment} />
            ) : null}
          </div>
          <TextField
            label="Key id"
            value={kid}
            onChange={setKid}
            placeholder="as in the token’s kid header"
            isMono
            maxLength={256}
            autoComplete="off"
            hint="Optional. Keys whose kid matches the token’s are tried first."
          />
          <WillBeStored environment={environment} name={name} kid={kid} state="not stored yet" />
        </>
      )}
      {imported === undefined ? null : <SetResult imported={imported} />}
      <Note kind="info">{describeWay(store)}</Note>
    </SidePanel>
  );
}

/** What became of each key of a set. */
function SetResult({ imported }: { readonly imported: KeySetImported }) {
  const { keys, refused } = imported;
  return (
    <Note kind="warning" isAlert>
      {keys.length === 1 ? '1 key was imported' : `${keys.length} keys were imported`}, {refused.length}{' '}
      {refused.length === 1 ? 'was not:' : 'were not:'}
      <ul className="k-uses">
        {refused.map((key) => (
          <li key={`${key.name} ${key.reason}`}>
            <b>
              <Literal text={key.name} />
            </b>
            : <Literal text={key.reason} />
          </li>
        ))}
      </ul>
    </Note>
  );
}

/** Several keys in one text or file. */
function holdsMany(source: Source, shape: TextShape, file: KeyFile | undefined): 'jwks' | 'container' | undefined {
  const kind = source === 'file' ? file?.looksLike : source === 'document' ? shape.kind : undefined;
  return kind === 'jwks' || kind === 'container' ? kind : undefined;
}

function FileChoice({ file, onChoose }: { readonly file: KeyFile | undefined; readonly onChoose: () => void }) {
  return (
    <div className="field">
      <span className="lbl">File</span>
      <div className="row">
        <Button icon="file" onPress={onChoose}>
          Choose a file…
        </Button>
        {file === undefined ? (
          <span className="hint">a .pem, .jwk, .json, text or binary file</span>
        ) : (
          <span className="hint ell">
            <b>
              <Literal text={file.fileName} />
            </b>
            , {file.bytes} bytes, looks like {FILE_WORDS[file.looksLike]}
          </span>
        )}
      </div>
    </div>
  );
}

const FILE_WORDS: Readonly<Record<KeyFile['looksLike'], string>> = {
  jwk: 'a JWK',
  jwks: 'a JWK set',
  'cose-key': 'a COSE key',
  container: 'keys exported from Catwalk',
  pem: 'PEM',
  hex: 'hex',
  base64: 'base64',
  base64url: 'base64url',
  text: 'text',
  binary: 'raw bytes',
};

function whyBlocked(source: Source, shape: TextShape, file: KeyFile | undefined, name: string): string | undefined {
  if (source === 'file' && file === undefined) return 'Choose a file first';
  if (source === 'secret' && shape.length === 0) return 'Enter the secret first';
  if (source === 'document' && shape.length === 0) return 'Paste the key first';
  if (source === 'document' && shape.kind === 'text') return 'This is neither a JWK nor PEM';
  return name.trim() === '' ? 'Give the key a name' : undefined;
}

function encodingOf(
  source: Source,
  shape: TextShape,
  file: KeyFile | undefined,
  chosen: ImportEncoding,
): ImportEncoding {
  if (source === 'document') return shape.kind === 'jwk' ? 'jwk' : 'pem';
  if (source === 'file' && (file?.looksLike === 'jwk' || file?.looksLike === 'pem')) return file.looksLike;
  return chosen;
}

function describeDocument(shape: TextShape): string {
  if (shape.length === 0) return 'A public key is enough to verify; a private one can also sign.';
  if (shape.kind === 'text') return 'Neither “-----BEGIN …” nor a JSON object.';
  if (shape.kind === 'jwks') return 'A JWK set: each of its keys is imported under its kid.';
  if (shape.kind === 'container') return 'Keys that Catwalk exported.';
  return shape.kind === 'jwk' ? 'Read as JWK.' : 'Read as PEM.';
}

function readingHint(encoding: ImportEncoding, shape: TextShape, source: Source): string {
  if (encoding === 'auto') return 'Keeps the text and tries every reading when a token is verified.';
  if (source !== 'secret' || shape.length === 0) return '';
  if (encoding === 'hex' && !shape.isHex) return 'The text is not pairs of hex digits.';
  if (encoding === 'base64' && !shape.isBase64) return 'The text is not standard base64.';
  if (encoding === 'base64url' && !shape.isBase64url) return 'The text is not base64url.';
  return '';
}
