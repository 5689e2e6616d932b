import fs from 'node:fs';
import os from 'node:os';
import { bulkSections, runOnce } from './bulk.ts';
import { edgeSection, runLoad } from './edge.ts';
import { engineSections } from './engine.ts';
import { formatSections } from './report.ts';
import { windowSection } from './window.ts';

const [program = '', part, argument = ''] = process.argv.slice(1);
if (part === 'bulk-once') await runOnce(argument);
else if (part === 'edge-load') runLoad(Number(argument));
else if (part === 'window') console.log(await windowSection());
else await writeReport();

async function writeReport(): Promise<void> {
  const inWindow = await windowSection();
  const sections = [...(await engineSections()), ...(await bulkSections(program)), await edgeSection(program)];
  const text = `${formatSections(sections)}\n${inWindow}`;
  console.log(text);
  fs.writeFileSync(
    'docs/BENCHMARKS.md',
    `# Benchmarks

Written by \`npm run bench\` in one run on one machine (Node ${process.versions.node}, ${os.cpus().length} × ${os.cpus()[0]?.model.trim() ?? 'unknown'}).
Rounds of all rows of a table are interleaved, so the ratios can be trusted further than the times.

${text}`,
  );
}
