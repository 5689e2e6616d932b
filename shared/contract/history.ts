import { command, DONE, NOTHING } from './command.ts';
import { keptState } from './kept.ts';
import { z } from './zod.ts';

/** One thing that was inspected, as the list shows it: never with a whole token. */
export const historyEntry = z.object({
  id: z.string(),
  /** milliseconds since 1970 */
  at: z.number().int(),
  /** what it was about, as the tab was called */
  title: z.string(),
  /** what was said of it then */
  detail: z.string(),
});
export type HistoryEntry = z.output<typeof historyEntry>;

export const historyList = z.object({
  /** it was turned on, and there is a place to keep it */
  isOn: z.boolean(),
  /** where it is kept, or why it is not */
  state: keptState,
  /** latest first */
  entries: z.array(historyEntry),
});
export type HistoryList = z.output<typeof historyList>;

/** characters; of a longer paste the token alone goes into the history */
export const MAX_HISTORY_TEXT = 64 * 1024;

export const historyCommands = {
  'history.list': command(NOTHING, historyList),
  /** nothing happens while the history is off; the same text again moves its entry to the top */
  'history.add': command(
    z.strictObject({
      title: z.string().max(200),
      detail: z.string().max(400),
      text: z.string().min(1).max(MAX_HISTORY_TEXT),
    }),
    DONE,
    4 * MAX_HISTORY_TEXT,
  ),
  /** the text, to be inspected again; `null`: the entry is gone */
  'history.open': command(z.strictObject({ id: z.string().max(64) }), z.object({ text: z.string() }).nullable()),
  'history.remove': command(z.strictObject({ id: z.string().max(64) }), DONE),
  /** everything, at once, and the file with it */
  'history.wipe': command(NOTHING, DONE),
};

export const historyEvents = {
  'history.changed': historyList,
};
