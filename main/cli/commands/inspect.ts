import { inspectText } from '../../../shared/inspect/inspect-text.ts';
import { inspectionToJson } from '../../../shared/inspect/inspection-json.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit.ts';
import { readTokenText } from '../input.ts';
import { noToken } from '../no-token.ts';
import { currentSeconds } from '../now.ts';
import { printInspection } from '../print-inspection.ts';

export const inspectCommand: Command = {
  usage: 'catwalk inspect [TOKEN] [--json]',
  does: 'find, decode and explain every token in the input',
  options: {},
  run({ positionals, json }, output) {
    const { found, inspections } = inspectText(readTokenText(positionals[0]), { now: currentSeconds() });
    if (json) output.json({ tokens: inspections.map(inspectionToJson) });
    if (inspections.length === 0) throw noToken(found);
    if (!json) for (const inspection of inspections) output.text(printInspection(inspection));
    return EXIT.ok;
  },
};
