import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { OvpAssetPage, OvpWorkspace } from '../../shared/contract/ovp.ts';
import type { TokenMode } from '../../shared/flowplayer/api/token-mode.ts';
import { tokenModeWarning } from '../../shared/flowplayer/api/token-mode.ts';
import { toSeconds } from '../../shared/units.ts';
import { useSession } from '../platform/session.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { SearchField } from '../ui/field.tsx';
import { escapeText } from '../ui/hostile-text.ts';
import { Literal } from '../ui/literal.tsx';
import { formatRecent } from '../ui/local-time.ts';
import { useClock } from './clock.ts';
import '../ui/table.css';
import './asset-list.css';
import { shortenId } from '../ui/shorten-id.ts';
import { useRovingRows } from '../ui/use-roving-rows.ts';
import { Verdict } from '../ui/verdict.tsx';
import { useCall } from './use-call.ts';
import { useQueued, useWhyNotSent } from './use-sending.ts';

export type ChosenAsset = OvpAssetPage['assets'][number];
type Kind = ChosenAsset['kind'];

const MODE_WORDS: Readonly<Record<TokenMode, string>> = {
  none: 'None',
  basic: 'Basic',
  advanced: 'Advanced',
  default: 'Default',
  unknown: 'Not told',
};

/** Videos or livestreams of a workspace: what is cached at once, what the OVP has when it is asked. */
export function AssetList(props: {
  readonly kind: Kind;
  readonly workspace: OvpWorkspace;
  readonly chosen: ChosenAsset | undefined;
  readonly onChoose: (asset: ChosenAsset) => void;
}) {
  const { kind, workspace } = props;
  const { platform, queue } = useSession();
  const now = useClock((clock) => clock.now);
  const offline = useWhyNotSent();
  const call = useCall();
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(0);
  const [answer, setAnswer] = useState<OvpAssetPage | undefined>(undefined);
  const [request, setRequest] = useState<string | undefined>(undefined);
  /** counts the lists that were wanted: an answer that comes late never covers a newer one */
  const turns = useRef(0);
  const queued = useQueued(request);
  const noun = kind === 'video' ? 'videos' : 'livestreams';
  // what was found in the workspace stays current when the key is entered
  const blocked = workspace.apiKey === 'stored' ? offline : 'Enter the API key first';

  // searching and paging look into what is cached; only Refresh asks the OVP
  useEffect(() => {
    turns.current += 1;
    const turn = turns.current;
    void platform.ovp
      .assets({ workspace: workspace.id, kind, page, refresh: false, ...(search.trim() === '' ? {} : { search }) })
      .then((cached) => {
        if (turn === turns.current && cached.ok) setAnswer(cached.value);
      });
    return () => {
      turns.current += 1;
    };
  }, [platform, workspace.id, kind, page, search]);

  const refresh = async () => {
    const id = crypto.randomUUID();
    const turn = turns.current;
    setRequest(id);
    const fresh = await call.run(() =>
      platform.ovp.assets({
        workspace: workspace.id,
        kind,
        page,
        refresh: true,
        request: id,
        ...(search.trim() === '' ? {} : { search }),
      }),
    );
    if (fresh === undefined || turn !== turns.current) return;
    turns.current += 1;
    setAnswer(fresh);
  };
  const cancel = async () => {
    if (request === undefined) return;
    const next = await platform.ovp.cancel({ requests: [request] });
    if (next.ok) queue.set(next.value);
  };
  const assets = answer?.assets ?? [];
  const first = answer === undefined ? 0 : answer.page * answer.pageSize;
  const isLast = answer === undefined || first + answer.pageSize >= answer.total;

  return (
    <>
      <div className="ov-bar">
        <SearchField
          label={`Search ${noun}`}
          placeholder="Search by name or id"
          value={search}
          onChange={(text) => {
            setSearch(text);
            setPage(0);
          }}
        />
        <span className="hint grow ell">
          {call.isBusy ? (queued?.words ?? 'waiting for the answer') : describeAge(answer, now)}
        </span>
        {call.isBusy ? (
          <Button onPress={() => void cancel()}>Cancel</Button>
        ) : (
          <Button icon="refresh" onPress={() => void refresh()} disabledReason={blocked}>
            {search.trim() === '' ? 'Refresh' : 'Search the OVP'}
          </Button>
        )}
      </div>
      {call.error === undefined ? null : (
        <div className="ov-note">
          <ErrorNote error={call.error} />
        </div>
      )}
      <div className="scroll">
        {answer !== undefined && assets.length === 0 ? (
          <NothingHere
            answer={answer}
            noun={noun}
            search={search}
            onClear={() => setSearch('')}
            host={workspace.host}
          />
        ) : (
          <AssetTable assets={assets} chosen={props.chosen} onChoose={props.onChoose} label={noun} />
        )}
      </div>
      {answer === undefined || answer.total === 0 ? null : (
        <div className="ov-foot">
          <span className="hint">
            {first + 1}–{Math.min(first + assets.length, answer.total)} of {answer.total}
            {answer.source === 'cache' ? ' that are cached' : ''}
          </span>
          <span className="row ov-pages">
            <Button
              size="small"
              onPress={() => setPage(page - 1)}
              disabledReason={page === 0 ? 'This is the first page' : undefined}
            >
              Previous
            </Button>
            <Button
              size="small"
              onPress={() => setPage(page + 1)}
              disabledReason={isLast && answer.source === 'ovp' ? 'This is the last page' : undefined}
            >
              Next
            </Button>
          </span>
        </div>
      )}
    </>
  );
}

function AssetTable(props: {
  readonly assets: readonly ChosenAsset[];
  readonly chosen: ChosenAsset | undefined;
  readonly onChoose: (asset: ChosenAsset) => void;
  readonly label: string;
}) {
  const now = useClock((clock) => clock.now);
  const rows = useRovingRows<HTMLTableElement>(props.assets.map(({ id }) => id));
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    rows.onKeyDown(event);
    if (!(event.target instanceof HTMLElement) || (event.key !== 'Enter' && event.key !== ' ')) return;
    const row = event.target.dataset['row'];
    const asset = props.assets.find(({ id }) => id === row);
    if (asset === undefined) return;
    event.preventDefault();
    props.onChoose(asset);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are walked with the arrow keys, which is what a grid is
    <table className="tbl" role="grid" aria-label={props.label} ref={rows.container} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          <th>Name</th>
          <th className="ov-id">Id</th>
          <th className="ov-mode">Token mode</th>
          <th className="ov-day num">Created</th>
        </tr>
      </thead>
      <tbody>
        {props.assets.map((asset) => {
          const isChosen = props.chosen?.id === asset.id;
          const warning = tokenModeWarning(asset.tokenMode);
          return (
            <tr
              key={asset.id}
              className={isChosen ? 'is-sel' : undefined}
              aria-selected={isChosen}
              onClick={() => props.onChoose(asset)}
              {...rows.rowProps(asset.id)}
            >
              <td title={escapeText(asset.name)}>
                <Literal text={asset.name} />
              </td>
              <td className="mono" title={escapeText(asset.id)}>
                <span className="ov-idc">
                  <span className="ell">
                    <Literal text={shortenId(asset.id)} />
                  </span>
                  <CopyButton label="Copy id" text={() => asset.id} />
                </span>
              </td>
              <td title={warning}>
                <Verdict
                  kind={
                    asset.tokenMode === 'advanced' ? 'pass' : warnsSurely(asset.tokenMode) ? 'warning' : 'not-checked'
                  }
                  word={MODE_WORDS[asset.tokenMode]}
                />
              </td>
              <td className="num muted">
                {asset.createdAt === undefined ? '' : formatRecent(toSeconds(asset.createdAt), now)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** a token is pointless for sure; with the others it cannot be told */
const warnsSurely = (mode: TokenMode): boolean => mode === 'none' || mode === 'basic';

function NothingHere(props: {
  readonly answer: OvpAssetPage;
  readonly noun: string;
  readonly search: string;
  readonly host: string;
  readonly onClear: () => void;
}) {
  const { answer, noun, search } = props;
  if (search.trim() !== '')
    return (
      <p className="nores">
        No {noun} match “<Literal text={search} />” {answer.source === 'ovp' ? 'in the OVP' : 'in what is cached'}.{' '}
        <LinkButton onPress={props.onClear}>Clear the search</LinkButton>
      </p>
    );
  if (answer.page > 0) return <p className="nores">This page is not cached. Refresh asks the OVP for it.</p>;
  return (
    <EmptyState icon="search" title={answer.fetchedAt === undefined ? `No ${noun} cached yet` : `No ${noun}`}>
      {answer.fetchedAt === undefined
        ? `Refresh sends 1 request to ${props.host}. What comes is kept, so that it is here offline too.`
        : `The OVP answered that this workspace has no ${noun}.`}
    </EmptyState>
  );
}

function describeAge(answer: OvpAssetPage | undefined, now: ReturnType<typeof toSeconds>): string {
  if (answer?.fetchedAt === undefined) return '';
  return `${answer.source === 'cache' ? 'from the cache, ' : ''}as of ${formatRecent(toSeconds(answer.fetchedAt), now)}`;
}
