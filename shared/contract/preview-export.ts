import { command, NOTHING } from './command.ts';
import { z } from './zod.ts';

/** What leaves the preview for somebody else: tokens, viewers and other credentials are taken out of it. */
export const previewExportCommands = {
  /** the rows of the trace as HAR 1.2, where the person says in the system's dialog; `null`: nowhere */
  'preview.saveHar': command(NOTHING, z.object({ fileName: z.string() }).nullable()),
  /** why one request got its answer, as Markdown; `ERR_PREVIEW_ROW` as for `preview.why` */
  'preview.report': command(z.strictObject({ row: z.number().int().min(1) }), z.object({ text: z.string() })),
};
