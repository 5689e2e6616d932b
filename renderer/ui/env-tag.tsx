import './env-tag.css';

export type EnvironmentName = 'dev' | 'stage' | 'prod';

const WORDS: Readonly<Record<EnvironmentName, string>> = { prod: 'PROD', stage: 'STAGE', dev: 'DEV' };

/** Which environment a key belongs to: always the word, never the colour alone. */
export function EnvTag({ environment }: { readonly environment: EnvironmentName }) {
  return <span className={`env env-${environment}`}>{WORDS[environment]}</span>;
}
