import type { BrowserWindow } from 'electron';
import type { CryptoPort } from '../../shared/cose/crypto-port.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { AskOrigin } from '../edge/origin.ts';
import type { Ledger } from '../egress/ledger.ts';
import type { Send } from '../ipc/events.ts';
import type { Issuing } from '../issue/issuing.ts';
import type { Keys } from '../keys/keys.ts';
import type { Log } from '../log.ts';
import type { Ovp } from '../ovp/ovp.ts';

export interface PreviewOptions {
  /** the build's folder: `player` and `clip` lie in it */
  readonly dist: string;
  readonly window: () => BrowserWindow | undefined;
  readonly devTools: boolean;
  readonly send: Send;
  readonly log: Log;
  readonly ledger: Ledger;
  readonly keys: Pick<Keys, 'candidates' | 'list'>;
  readonly issuing: Pick<Issuing, 'sign'>;
  readonly crypto: CryptoPort;
  readonly askOrigin: AskOrigin;
  readonly findStream: Ovp['findStream'];
  /** the verifier that the window judges by */
  readonly verifier: () => string;
  /** asks for a playlist or a folder, by its path */
  readonly chooseMedia: (kind: 'file' | 'folder') => Promise<string | undefined>;
  /** asks where to, and writes */
  readonly saveText: (file: SavedText) => Promise<Result<{ readonly fileName: string } | null, AppError>>;
  /** of this application, for what it exports */
  readonly creator: { readonly name: string; readonly version: string };
  readonly now?: () => number;
}

interface SavedText {
  readonly title: string;
  readonly fileName: string;
  readonly content: string;
}
