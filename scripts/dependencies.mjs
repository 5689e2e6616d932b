// Checks the arrows of .dependency-cruiser.mjs. A cruiser that finds no modules finds no violations either, and says nothing
// (it does so with a TypeScript that it does not know), so too few modules is a failure as well.
import fs from 'node:fs';
import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import config from '../.dependency-cruiser.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
const floors = ['main', 'renderer', 'shared', 'test'];
const files = floors.flatMap((floor) => fs.readdirSync(floor, { recursive: true, encoding: 'utf8' })).filter(isSource);
const expected = files.length / 2;

const { output } = await cruise(floors, { ...config.options, ruleSet: config, validate: true });
if (typeof output === 'string') throw new Error('expected the modules, not a report');
for (const { rule, from, to, cycle = [] } of output.summary.violations)
  console.error(`${rule.name}: ${[from, ...(cycle.length > 0 ? cycle.map(({ name }) => name) : [to])].join(' → ')}`);
if (output.summary.error > 0) process.exitCode = 1;

const own = output.modules.filter(({ source }) => isSource(source) && !source.startsWith('node_modules/'));
console.log(
  `${own.length} of ${files.length} source files cruised, ${output.summary.totalDependenciesCruised} arrows.`,
);
if (own.length < expected) {
  console.error(`At least ${Math.ceil(expected)} were expected: the cruiser does not see the code.`);
  process.exitCode = 1;
}

function isSource(name) {
  return /\.tsx?$/.test(name) && !name.endsWith('.d.ts');
}
