import { ok, type Result } from '../result.ts';
import { goCode } from './code/go.ts';
import { javaCode } from './code/java.ts';
import { nodeCode } from './code/node.ts';
import { phpCode } from './code/php.ts';
import { type CodeInput, type CodePlan, planCode, type TestVector } from './code/plan.ts';
import { pythonCode } from './code/python.ts';

export type CodeLanguage = 'node' | 'python' | 'go' | 'php' | 'java';

/** Languages that code is written in, in the order they are offered. */
export const CODE_LANGUAGES: readonly {
  readonly id: CodeLanguage;
  readonly title: string;
  readonly fileName: string;
}[] = [
  { id: 'node', title: 'Node', fileName: 'cat-token.mjs' },
  { id: 'python', title: 'Python', fileName: 'cat_token.py' },
  { id: 'go', title: 'Go', fileName: 'cat_token.go' },
  { id: 'php', title: 'PHP', fileName: 'cat-token.php' },
  { id: 'java', title: 'Java', fileName: 'CatToken.java' },
];

export interface WrittenCode {
  readonly code: string;
  /** the vector that stands in it: never the key's own secret */
  readonly vector: TestVector;
  readonly notes: readonly string[];
}

const WRITERS: Readonly<Record<CodeLanguage, (plan: CodePlan) => string>> = {
  node: nodeCode,
  python: pythonCode,
  go: goCode,
  php: phpCode,
  java: javaCode,
};

/**
 * A program that makes a draft's token anew: its moments count from when it runs, its token id is drawn each time, and it
 * holds itself against a test vector before it does. The secret stays outside, in CAT_SECRET. The error is a sentence.
 */
export function writeCode(language: CodeLanguage, input: CodeInput): Result<WrittenCode, string> {
  const plan = planCode(input);
  if (!plan.ok) return plan;
  const notes = [`CAT_SECRET takes the secret ${SPELLED[input.readAs]}.`];
  if (plan.value.idLength !== undefined) notes.push('Every run draws a token id of its own.');
  return ok({ code: WRITERS[language](plan.value), vector: plan.value.vector, notes });
}

const SPELLED = {
  utf8: 'as its text',
  hex: 'in hex',
  base64: 'in base64',
  base64url: 'in base64url',
  raw: 'in base64, since its bytes are no text',
} as const;
