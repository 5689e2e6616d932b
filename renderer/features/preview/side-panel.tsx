import { toPlainText } from '../../../shared/explain/rich-text.ts';
import { useClock } from '../../shell/clock.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LiveRegion } from '../../ui/live-region.tsx';
import { localStyle } from '../../ui/local-time.ts';
import { Panel } from '../../ui/panel.tsx';
import { usePreview, usePreviewModel } from './model.ts';
import { WalkPanel } from './walk-panel.tsx';
import { WhyPanel } from './why-panel.tsx';
import { describeRefusal } from './why-words.ts';

/** What to know about the stream, and why a request was refused. */
export function SidePanel() {
  const refusal = usePreview((screen) => screen.refusal);
  const walk = usePreview((screen) => screen.walk);
  const now = useClock((clock) => clock.now);
  const said =
    refusal === undefined || refusal.cause === null
      ? ''
      : `Request ${refusal.row.id} was denied. ${toPlainText(describeRefusal(refusal), localStyle(now))}`;
  return (
    <>
      {walk !== undefined ? (
        <WalkPanel walk={walk} />
      ) : refusal === undefined ? (
        <Steps />
      ) : (
        <WhyPanel refusal={refusal} />
      )}
      <LiveRegion text={said} />
    </>
  );
}

function Steps() {
  const model = usePreviewModel();
  const hasFlowplayer = usePreview(({ state }) => state?.flowplayer !== false);
  const isLoaded = usePreview(({ state }) => state?.source !== undefined && state.source !== null);
  return (
    <Panel label="What can be learnt here" className="pv-side">
      <div className="ph" data-region>
        <h2>{isLoaded ? 'Nothing was denied' : 'What can be learnt here'}</h2>
        {isLoaded ? (
          <span className="ph-end">
            <Button size="small" icon="table" onPress={() => void model.walk()}>
              Walk the playlists
            </Button>
          </span>
        ) : null}
      </div>
      {hasFlowplayer ? null : (
        <p className="pv-without">
          <Icon name="info" />
          This copy of Catwalk is without Flowplayer: hls.js plays, with the same requests.
        </p>
      )}
      <ol className="pv-steps">
        <li>
          <b>Play it.</b> The edge on this computer asks for a token on every request, as a CDN does. The token travels
          in the path, and the playlist’s relative addresses carry it on.
        </li>
        <li>
          <b>Foresee it.</b> “Walk the playlists” judges every address that they list before the player asks for it.
        </li>
        <li>
          <b>Break it.</b> “Try with…” gives the player a token that has expired, is for another path or of another key,
          or a playlist that loses it.
        </li>
        <li>
          <b>Read why.</b> The first request that is denied is explained here: every claim that fails, the character
          that differs, both clocks, and the smallest fix.
        </li>
        <li>
          <b>Fix it while it plays.</b> “Re-issue &amp; retry” signs the fix, swaps the token in place and carries on.
        </li>
      </ol>
    </Panel>
  );
}
