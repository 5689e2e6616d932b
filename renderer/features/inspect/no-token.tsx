import type { ReactNode } from 'react';
import type { FoundRequest } from '../../../shared/carrier/found.ts';
import { rich } from '../../../shared/explain/rich-text.ts';
import { placesLookedIn } from '../../../shared/verifiers/places-looked-in.ts';
import { VERIFIERS, verifierById } from '../../../shared/verifiers/registry.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useJudgedAt } from '../../shell/clock.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { Rich } from '../../ui/rich.tsx';
import type { FoundEntry } from '../../workers/token-view/protocol.ts';
import { useInspectModel } from './model.ts';

/** The paste holds nothing that looks like a token. */
export function Nothing({ request }: { readonly request: FoundRequest | undefined }) {
  const model = useInspectModel();
  const edit = (
    <Button icon="edit" onPress={() => model.setEditing(true)}>
      Edit the text
    </Button>
  );
  if (request !== undefined) return <NoTokenSent request={request} action={edit} />;
  return (
    <div className="in-mid">
      <EmptyState icon="inspect" title="No token was found in this text" actions={edit}>
        A token is looked for in URLs, curl commands, headers, cookies, HAR files, log lines, embed code, hex and
        base64. If there is one in it, paste the token alone.
      </EmptyState>
    </div>
  );
}

/** A request that carries no token: to a recipient that asks for one, that alone is the reason. */
function NoTokenSent({ request, action }: { readonly request: FoundRequest; readonly action: ReactNode }) {
  const { method, url, status } = request;
  const [standard] = VERIFIERS;
  const verifier = verifierById(useLive(useSession().settings).value?.verifier ?? '') ?? standard;
  const now = useJudgedAt();
  const places = verifier === undefined ? [] : placesLookedIn(verifier);
  return (
    <div className="in-mid">
      <EmptyState icon="inspect" title="This request carries no token" actions={action}>
        {url === undefined ? null : (
          <code className="in-url copyable">
            {method === undefined ? '' : `${method} `}
            <Literal text={url} />
          </code>
        )}
        {status === undefined ? '' : `It was answered ${status}. `}
        Neither its address nor its headers or cookies hold one. A recipient that asks for a token refuses such a
        request whatever the token of another one says.
        {places.length === 0 ? null : (
          <>
            {' '}
            {verifier?.name} would look for one in{' '}
            <Rich text={places.flatMap((place, index) => [...(index === 0 ? [] : rich`, or `), ...place])} now={now} />.
          </>
        )}
      </EmptyState>
    </div>
  );
}

/** It is a token of another kind: named, never called invalid. */
export function NotACat({ entry }: { readonly entry: FoundEntry | undefined }) {
  if (entry === undefined) return null;
  return (
    <div className="in-mid">
      <EmptyState icon="ticket" title="This is not a Common Access Token">
        {escapeText(entry.instead?.message ?? 'It looks like a token, and nothing in it is CBOR.')}
      </EmptyState>
    </div>
  );
}
