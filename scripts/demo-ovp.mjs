// `npm run demo:ovp [-- --port 8787] [-- --no-limit]`: an OVP on this machine, so that the screens can be tried without an account.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const root = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: { port: { type: 'string', default: '8787' }, 'no-limit': { type: 'boolean', default: false } },
});

/**
 * @param {string} file
 * @returns {Promise<any>}
 */
const load = async (file) =>
  (await runnerImport(path.join(root, file), { root, configFile: false, logLevel: 'error' })).module;
const { startLocalOvp } = await load('test/ovp/local-ovp.ts');
const { sampleWorkspaces } = await load('test/ovp/sample-workspaces.ts');

const workspaces = sampleWorkspaces();
const ovp = await startLocalOvp({ workspaces, port: Number(values.port), perSecond: values['no-limit'] ? 0 : 1 });

const lines = workspaces.map(({ name, apiKey }) => `  ${name.padEnd(8)} API key  ${apiKey}`);
console.log(`A local OVP answers at ${ovp.url}

Add a workspace in Catwalk with this address and one of its API keys
  Address            ${ovp.url}
${lines.join('\n')}

Make things go wrong while you try:
  curl -X POST '${ovp.url}/_control/fault?kind=429&times=3'
  curl -X POST '${ovp.url}/_control/fault?kind=time-out&on=POST%20/playback_tokens/keys&after'
  curl -X POST '${ovp.url}/_control/keys?list=404'     list and delete of keys are not offered
  curl -X POST '${ovp.url}/_control/rate?per-second=0' no rate limit
  curl '${ovp.url}/_control'                           what there is to set

Ctrl C ends it.`);

const stop = async () => {
  await ovp.stop();
  process.exit(0);
};
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => void stop());
