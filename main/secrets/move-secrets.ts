import type { SecretStoreKind } from '../../shared/contract/secrets.ts';
import { type AppError, createError, type ErrorProblem } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { findFreeItem, keepSecret } from './keep-secret.ts';
import type { MoveJournal, MoveStep } from './move-journal.ts';
import type { SecretBytes } from './secret.ts';
import type { SecretHolder, SecretPlace } from './secret-holder.ts';
import type { SecretStore } from './secret-store.ts';
import type { Secrets } from './secrets.ts';

export interface MoveOptions {
  readonly secrets: Secrets;
  readonly holders: readonly SecretHolder[];
  readonly journal: MoveJournal;
}

export interface Moved {
  readonly moved: number;
  /** old items that could not be deleted */
  readonly leftBehind: number;
}

/**
 * Moves every secret or none: all are read, all are written and read back, then the records follow, then the old items go.
 * The journal is ahead of each of these, so that a crash leaves either the old places or the new ones.
 */
export async function moveSecrets(to: SecretStoreKind, options: MoveOptions): Promise<Result<Moved, AppError>> {
  return exclusively(options.holders, async () => {
    await resumeMove(options);
    const isUnderWay = options.journal.steps().some(({ phase }) => phase !== 'deleting');
    return isUnderWay ? fail([], INTERRUPTED) : move(to, options);
  });
}

async function move(to: SecretStoreKind, options: MoveOptions): Promise<Result<Moved, AppError>> {
  const { secrets, journal, holders } = options;
  const target = await openTarget(secrets, to);
  if (!target.ok) return fail([], target.error.message);
  const read = await readAll(to, options);
  if (!read.ok) return read;
  const planned = await plan(target.value, read.value, options);
  if (!planned.ok) return fail([], planned.error.message);
  const copies = planned.value;
  const earlier = journal.steps();
  if (copies.length === 0) return ok({ moved: 0, leftBehind: earlier.length });

  const steps = copies.map(({ step }) => step);
  const noted = await journal.write([...earlier, ...steps]);
  if (!noted.ok) return fail([], noted.error.message);
  for (const { step, secret } of copies) {
    const kept = await keepSecret(target.value, step.to.item, secret);
    if (!kept.ok) return rollBack(options, steps, problemOf(step.label, kept.error), true);
  }
  const written = await journal.write([...earlier, ...inPhase(steps, 'switching')]);
  if (!written.ok) return rollBack(options, steps, problemOf('', written.error), true);
  const switched = await switchRecords(steps, holders);
  if (!switched.ok) {
    const { error, isBack } = switched.error;
    return rollBack(options, steps, problemOf('', error), isBack);
  }
  await journal.write([...earlier, ...inPhase(steps, 'deleting')]);
  return ok({ moved: steps.length, leftBehind: await cleanUp(options) });
}

const inPhase = (steps: readonly MoveStep[], phase: MoveStep['phase']) => steps.map((step) => ({ ...step, phase }));

interface Read {
  readonly holder: string;
  readonly id: string;
  readonly label: string;
  readonly from: SecretPlace;
  readonly secret: SecretBytes;
}

/** Every secret that is not there yet. One that is known to be lost stays a row to be entered again, and keeps nobody back. */
async function readAll(
  to: SecretStoreKind,
  { secrets, holders }: MoveOptions,
): Promise<Result<readonly Read[], AppError>> {
  const read: Read[] = [];
  const problems: ErrorProblem[] = [];
  for (const holder of holders) {
    for (const { id, label, store: kind, item } of holder.secrets()) {
      if (kind === to) continue;
      const store = await secrets.open(kind);
      if (!store.ok && store.error.code === 'ERR_VAULT_NONE') continue;
      const found = store.ok ? await store.value.get(item) : store;
      if (!found.ok) problems.push(problemOf(label, found.error));
      else if (found.value)
        read.push({ holder: holder.name, id, label, from: { store: kind, item }, secret: found.value });
    }
  }
  return problems.length > 0 ? fail(problems) : ok(read);
}

/** A free item of the target for each secret, under the name it has now if it can be. */
async function plan(
  target: SecretStore,
  read: readonly Read[],
  { holders }: MoveOptions,
): Promise<Result<readonly { readonly step: MoveStep; readonly secret: SecretBytes }[], AppError>> {
  const taken = new Set(named(holders).flatMap(({ store, item }) => (store === target.kind ? [item] : [])));
  const copies: { readonly step: MoveStep; readonly secret: SecretBytes }[] = [];
  for (const { secret, ...known } of read) {
    const item = await findFreeItem(target, known.from.item, (name) => taken.has(name));
    if (!item.ok) return item;
    taken.add(item.value);
    copies.push({ step: { phase: 'copying', ...known, to: { store: target.kind, item: item.value } }, secret });
  }
  return ok(copies);
}

async function openTarget(secrets: Secrets, kind: SecretStoreKind): Promise<Result<SecretStore, AppError>> {
  const store = await secrets.open(kind);
  if (!store.ok) return store;
  const probe = await store.value.probe();
  return probe.state === 'unlocked' ? store : err(createError('ERR_SECRETS_UNAVAILABLE', { message: probe.reason }));
}

/**
 * All records of all holders, or none: when one cannot be written, all that were tried go back. That one too, for a write
 * that failed may still have reached the disk. `isBack` says whether every list certainly names the old places again.
 */
async function switchRecords(
  steps: readonly MoveStep[],
  holders: readonly SecretHolder[],
): Promise<Result<void, { readonly error: AppError; readonly isBack: boolean }>> {
  const tried: SecretHolder[] = [];
  for (const holder of holders) {
    tried.push(holder);
    const saved = await holder.point(placesOf(holder, steps, 'to'));
    if (saved.ok) continue;
    let isBack = true;
    for (const other of tried) isBack = (await other.point(placesOf(other, steps, 'from'))).ok && isBack;
    return err({ error: saved.error, isBack });
  }
  return ok(undefined);
}

const placesOf = (holder: SecretHolder, steps: readonly MoveStep[], side: 'from' | 'to') =>
  new Map(steps.filter((step) => step.holder === holder.name).map((step) => [step.id, step[side]]));

/**
 * Back to where it was. First the journal says so: as long as it says that records follow, no copy may be deleted. If the
 * disk takes not even that, every secret is in both places, and the next start carries the move on.
 */
async function rollBack(
  options: MoveOptions,
  steps: readonly MoveStep[],
  problem: ErrorProblem,
  isBack: boolean,
): Promise<Result<never, AppError>> {
  const { journal } = options;
  const earlier = journal.steps().filter(({ phase }) => phase === 'deleting');
  const noted = isBack && (await journal.write([...earlier, ...inPhase(steps, 'copying')])).ok;
  if (!noted) return fail([problem], STUCK);
  await cleanUp(options);
  return fail([problem]);
}

/** Carries on what a crash interrupted. To be called with every holder at rest. */
export async function resumeMove(options: MoveOptions): Promise<void> {
  const { journal, holders } = options;
  const steps = journal.steps();
  if (steps.length === 0) return;
  // what was on its way into memory is not there any more, so nothing may follow it
  const follow = steps.filter(({ phase, to }) => phase === 'switching' && to.store !== 'session');
  if (follow.length > 0) {
    // a record that names another place by now was changed since
    const switched = await switchRecords(
      follow.filter(({ from }) => isNamed(holders, from)),
      holders,
    );
    if (!switched.ok) return;
  }
  const next = steps.map((step): MoveStep => {
    if (step.phase !== 'switching') return step;
    const hasFollowed = step.to.store !== 'session' || isNamed(holders, step.to);
    return { ...step, phase: hasFollowed ? 'deleting' : 'copying' };
  });
  if ((await journal.write(next)).ok) await cleanUp(options);
}

/** Deletes what is not needed any more, and takes it off the journal. Answers how many items could not be reached. */
async function cleanUp({ secrets, holders, journal }: MoveOptions): Promise<number> {
  const left: MoveStep[] = [];
  for (const step of journal.steps()) {
    const surplus = findSurplus(step, holders);
    if (step.phase === 'switching' || (surplus && !(await deleteItem(secrets, surplus)))) left.push(step);
  }
  await journal.write(left);
  return left.length;
}

/**
 * An item that a record names is never deleted, and of two places that nobody names neither is: the list may be the one that
 * was lost. Only memory needs no record to have been moved to: it is not written down.
 */
function findSurplus({ phase, from, to }: MoveStep, holders: readonly SecretHolder[]): SecretPlace | undefined {
  if (phase === 'copying') return isNamed(holders, to) ? undefined : to;
  if (phase === 'switching' || isNamed(holders, from)) return undefined;
  return isNamed(holders, to) || to.store === 'session' ? from : undefined;
}

/** Whether it is certainly not there any more. */
async function deleteItem(secrets: Secrets, { store: kind, item }: SecretPlace): Promise<boolean> {
  const store = await secrets.open(kind);
  if (!store.ok) return store.error.code === 'ERR_VAULT_NONE';
  return (await store.value.delete(item)).ok;
}

export function exclusively<T>(holders: readonly SecretHolder[], work: () => Promise<T>): Promise<T> {
  const [first, ...others] = holders;
  return first ? first.exclusively(() => exclusively(others, work)) : work();
}

const named = (holders: readonly SecretHolder[]) => holders.flatMap((holder) => holder.secrets());
const isNamed = (holders: readonly SecretHolder[], place: SecretPlace): boolean =>
  named(holders).some(({ store, item }) => store === place.store && item === place.item);

const problemOf = (label: string, { message }: AppError): ErrorProblem => ({
  path: label === '' ? [] : [label],
  message,
});

function fail(problems: readonly ErrorProblem[], why?: string): Result<never, AppError> {
  const [first] = problems;
  const reason = why ?? (first && [...first.path, first.message].join(': ')) ?? '';
  return err(createError('ERR_SECRETS_MOVE', { message: `The secrets were not moved. ${reason}`.trim(), problems }));
}

const INTERRUPTED = 'An earlier move waits for a store that cannot be reached now.';
const STUCK = 'The list could not be written back; every secret is in both places, and the next start carries on.';
