import { EmptyState } from '../../ui/empty-state.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import type { FoundEntry } from '../../workers/token-view/protocol.ts';

/** The paste holds nothing that looks like a token. */
export function Nothing() {
  return (
    <div className="in-mid">
      <EmptyState icon="inspect" title="No token was found in this text">
        A token is looked for in URLs, curl commands, headers, cookies, HAR files, log lines, embed code, hex and
        base64. If there is one in it, paste the token alone.
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
