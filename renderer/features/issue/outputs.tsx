import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { encodeBase64url } from '../../../shared/bytes/base64.ts';
import type { ImportEncoding } from '../../../shared/contract/keys.ts';
import type { SecretEncoding } from '../../../shared/cose/readings.ts';
import type { HandoverInput, OutputId } from '../../../shared/handover/output.ts';
import { CODE_LANGUAGES, type CodeLanguage, writeCode } from '../../../shared/handover/write-code.ts';
import { writeOutput } from '../../../shared/handover/write-output.ts';
import { withKeyDefaults } from '../../../shared/issue/key-defaults.ts';
import { clipAddress } from '../../../shared/preview/clip-address.ts';
import { useSession } from '../../platform/session.ts';
import { type Command, useCommands } from '../../shell/commands.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { TextField } from '../../ui/field.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Icon } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { Select } from '../../ui/select.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Verdict } from '../../ui/verdict.tsx';
import { Changes } from './changes.tsx';
import { localClock, type Made, type Stream, useIssue, useIssueModel } from './model.ts';
import { QrCode } from './qr-code.tsx';
import { algorithmOf } from './signer.ts';
import { idOfRule } from './stream-check.tsx';
import { TokenText } from './token-text.tsx';
import type { Preview } from './use-preview.ts';

const EMBEDS = [
  { id: 'es-module', title: 'ES module' },
  { id: 'async', title: 'Async' },
  { id: 'manual', title: 'Manual' },
] as const satisfies readonly { readonly id: OutputId; readonly title: string }[];
const MORE = [
  { id: 'query', text: 'Query' },
  { id: 'ffplay', text: 'ffplay' },
  { id: 'hls-js', text: 'hls.js' },
  { id: 'ios', text: 'Flowplayer for iOS' },
  { id: 'av-player', text: 'AVPlayer' },
  { id: 'android', text: 'Flowplayer for Android' },
  { id: 'exo-player', text: 'ExoPlayer' },
] as const satisfies readonly { readonly id: OutputId; readonly text: string }[];
type EmbedId = (typeof EMBEDS)[number]['id'];
type MoreId = (typeof MORE)[number]['id'] | 'qr';

/** The token and every way to hand it over. */
export function Outputs({ preview }: { readonly preview: Preview }) {
  const [tab, setTab] = useState('token');
  const [embed, setEmbed] = useState<EmbedId>('es-module');
  const [more, setMore] = useState<MoreId>('query');
  const [language, setLanguage] = useState<CodeLanguage>('node');
  const stream = useIssue((state) => state.stream);
  const made = useIssue((state) => (state.made?.order === preview.order ? state.made : undefined));
  const id = useIssue((state) => idOfRule(state.draft));
  const go = useNavigation((navigation) => navigation.go);
  const handOver = useHandOver(made);
  const box = useFocusOnCopy(made);
  const play = () => {
    if (made === undefined) return;
    handOver();
    go('preview', { kind: 'preview-token', token: made.token, ...streamToPlay(stream, id) });
  };
  const latest = useRef(play);
  latest.current = play;
  const isMade = made !== undefined;
  useCommands(
    'issue.play',
    useMemo(
      (): readonly Command[] =>
        isMade ? [{ title: 'Play with the token', icon: 'preview', run: () => latest.current() }] : [],
      [isMade],
    ),
  );
  const { result, target } = preview;
  const unsigned = result.ok ? result.value.unsigned : undefined;
  const token = made?.token ?? (unsigned === undefined ? undefined : encodeBase64url(unsigned));
  const exp = result.ok ? result.value.json['exp'] : undefined;
  const input: HandoverInput | undefined =
    token === undefined
      ? undefined
      : { token, target: target.id, ...known(stream), ...(typeof exp === 'number' && { expires: exp }) };
  const show = (id: OutputId) =>
    input === undefined ? (
      <NoToken />
    ) : (
      <OutputText id={id} input={input} isSigned={made !== undefined} onCopy={handOver} />
    );
  return (
    <Panel label="Output" className="is-outs">
      <div className="is-outs-b" onCopy={handOver} ref={box}>
        <Tabs
          label="Output"
          selected={tab}
          onSelect={setTab}
          items={[
            { id: 'token', title: 'Token', content: show('token') },
            { id: 'url', title: 'URL', content: <OfStream members={['url']}>{show('tokenised-url')}</OfStream> },
            {
              id: 'embed',
              title: 'Embed',
              content: (
                <OfStream
                  members={
                    embed === 'manual'
                      ? ['url']
                      : embed === 'async'
                        ? ['siteId', 'playerId', 'mediaId']
                        : ['playerId', 'mediaId']
                  }
                  head={<SegmentedControl label="Embed form" options={EMBEDS} selected={embed} onSelect={setEmbed} />}
                >
                  {show(embed)}
                </OfStream>
              ),
            },
            { id: 'react', title: 'React', content: <OfStream members={['url']}>{show('react')}</OfStream> },
            { id: 'curl', title: 'curl', content: <OfStream members={['url']}>{show('curl')}</OfStream> },
            { id: 'header', title: 'Header', content: show('header') },
            { id: 'cookie', title: 'Cookie', content: show('cookie') },
            {
              id: 'code',
              title: 'Code',
              content: (
                <OfStream
                  members={[]}
                  head={
                    <SegmentedControl
                      label="Language"
                      options={CODE_LANGUAGES}
                      selected={language}
                      onSelect={setLanguage}
                    />
                  }
                >
                  <CodeText language={language} preview={preview} />
                </OfStream>
              ),
            },
            {
              id: 'more',
              title: 'More',
              content: (
                <OfStream
                  members={['url']}
                  head={
                    <Select<MoreId>
                      label="Way to hand it over"
                      isLabelHidden
                      options={[...MORE, { id: 'qr', text: 'QR code of the URL' }]}
                      selected={more}
                      onSelect={setMore}
                    />
                  }
                >
                  {more !== 'qr' ? (
                    show(more)
                  ) : made === undefined || input === undefined ? (
                    <p className="hint is-op">A QR code is drawn of a signed token.</p>
                  ) : (
                    <QrCode input={input} onShown={handOver} />
                  )}
                </OfStream>
              ),
            },
          ]}
        />
      </div>
      <Changes preview={preview} />
      {made?.remarks.map((remark) => (
        <p key={remark} className="is-warn is-remark">
          <Icon name="warning" size={12} />
          <Literal text={remark} />
        </p>
      ))}
      <div className="is-out-f">
        {made === undefined ? (
          <>
            <Verdict kind="not-checked" word="Not signed yet" />
            {unsigned === undefined ? null : <span className="hint">the proof is shown as dots</span>}
          </>
        ) : (
          <>
            <Verdict kind="info" word={made.signedWith === undefined ? 'Received' : 'Signed'} />
            <span className="hint ell" title={escapeText(made.by)}>
              by <Literal text={made.by} />,{' '}
              {made.signedWith === undefined ? '' : `secret read as ${made.signedWith.readAs}, `}
              {made.size} bytes
            </span>
            <span className="is-out-a">
              <Button size="small" icon="preview" onPress={play}>
                Preview
              </Button>
            </span>
          </>
        )}
      </div>
    </Panel>
  );
}

/** Writes a token that was made while somebody typed into the log, when it leaves the window. */
function useHandOver(made: Made | undefined): () => void {
  const { platform } = useSession();
  const id = made?.signedWith?.logId;
  return () => {
    if (id !== undefined) void platform.issue.handOver({ id });
  };
}

/** A token that was asked for by hand is there to be copied: its button is next. One that came while typing changes nothing. */
function useFocusOnCopy(made: Made | undefined): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const seen = useRef(made);
  useEffect(() => {
    const isNew = made !== undefined && made !== seen.current && made.signedWith?.logId === undefined;
    seen.current = made ?? seen.current;
    // whoever types on meanwhile, or walks through the tabs, is not interrupted
    const isElsewhere = document.activeElement?.closest('.is-mid, .docs') != null;
    if (isNew && !isElsewhere) box.current?.querySelector<HTMLElement>('.is-copy button')?.focus();
  }, [made]);
  return box;
}

const NoToken = () => <p className="hint is-op">There is a token once the claims can be read.</p>;

/** The address that is filled in; else one of the bundled clip that the token is for. */
function streamToPlay({ url, mediaId }: Stream, idInRule: string | undefined): { readonly source?: string } {
  if (url.trim() !== '') return { source: url.trim() };
  const id = mediaId.trim() === '' ? idInRule : mediaId.trim();
  return id === undefined ? {} : { source: clipAddress(id) };
}

/** What is filled in of the stream. */
function known(stream: Stream): Partial<Stream> {
  return Object.fromEntries(
    Object.entries(stream).flatMap(([name, text]: [string, string]) =>
      text.trim() === '' ? [] : [[name, text.trim()]],
    ),
  );
}

const STREAM_LABELS: Readonly<Record<keyof Stream, string>> = {
  url: 'Address of the stream',
  mediaId: 'Video id',
  playerId: 'Player id',
  siteId: 'Workspace id',
};

/** An output with the fields it needs above it. */
function OfStream(props: {
  readonly members: readonly (keyof Stream)[];
  readonly head?: ReactNode;
  readonly children: ReactNode;
}) {
  const model = useIssueModel();
  const stream = useIssue((state) => state.stream);
  return (
    <>
      <div className="is-of">
        {props.head}
        {props.members.map((member) => (
          <TextField
            key={member}
            label={STREAM_LABELS[member]}
            isMono
            value={stream[member]}
            onChange={(text) => model.setStream({ [member]: text })}
          />
        ))}
      </div>
      {props.children}
    </>
  );
}

function OutputText(props: {
  readonly id: OutputId;
  readonly input: HandoverInput;
  readonly isSigned: boolean;
  readonly onCopy: () => void;
}) {
  const { id, input, isSigned } = props;
  const output = writeOutput(id, input);
  if (!output.ok) return <p className="hint is-op">{output.error.message}</p>;
  const { code, notes, title } = output.value;
  const pieces = code.split(input.token);
  return (
    <div className="is-op">
      {isSigned ? (
        <span className="is-copy">
          <CopyButton
            label={`Copy ${title}`}
            text={() => {
              props.onCopy();
              return code;
            }}
          />
        </span>
      ) : null}
      <pre className="is-tok copyable" data-testid="output">
        {pieces.map((piece, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move
          <span key={index}>
            {index === 0 ? null : <TokenText token={input.token} isSigned={isSigned} />}
            <PlainText text={piece} />
          </span>
        ))}
      </pre>
      {notes.map((note) => (
        <p key={note} className="hint">
          {note}
        </p>
      ))}
    </div>
  );
}

/** Lines of our own making, in which what a person typed may stand. */
const PlainText = ({ text }: { readonly text: string }) =>
  text.split('\n').map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one text never move
    <span key={index}>
      {index === 0 ? null : '\n'}
      <Literal text={line} />
    </span>
  ));

const READ_AS: Readonly<Record<Exclude<ImportEncoding, 'auto'>, SecretEncoding>> = {
  utf8: 'utf8',
  hex: 'hex',
  base64: 'base64',
  base64url: 'base64url',
  raw: 'raw',
  jwk: 'raw',
  pem: 'raw',
};

const isReading = (text: string): text is keyof typeof READ_AS => Object.hasOwn(READ_AS, text);

function CodeText({ language, preview }: { readonly language: CodeLanguage; readonly preview: Preview }) {
  const draft = useIssue((state) => state.draft);
  const { signer, target } = preview;
  const signed = useIssue((state) => state.made?.signedWith);
  const key = signer?.key;
  if (key === undefined) return <p className="hint is-op">The code is written for a key: choose one first.</p>;
  // of a text that is read in whatever way fits, main says the way when it signs
  const readAs = signed?.keyId === key.id ? signed.readAs : (key.calibration?.encoding ?? key.encoding);
  if (!isReading(readAs))
    return (
      <p className="hint is-op">The code is written once the key has signed: how its text is read is known then.</p>
    );
  const written = writeCode(language, {
    draft: withKeyDefaults(draft, { ...key, alg: algorithmOf(key) }),
    target,
    clock: localClock(),
    readAs: READ_AS[readAs],
  });
  if (!written.ok) return <p className="hint is-op">{written.error}</p>;
  const { code, notes } = written.value;
  return (
    <div className="is-op">
      <span className="is-copy">
        <CopyButton label="Copy the code" text={() => code} />
      </span>
      <pre className="is-tok copyable">
        <PlainText text={code} />
      </pre>
      {notes.map((note) => (
        <p key={note} className="hint">
          {note}
        </p>
      ))}
    </div>
  );
}
