import { describe, expect, it } from 'vitest';
import { createIssueDrafts, type IssueDrafts } from '../../../../renderer/features/issue/drafts.ts';
import type { IssueModel, Made } from '../../../../renderer/features/issue/model.ts';
import { readClone } from '../../../../renderer/features/issue/read-clone.ts';
import { fromKeptText, toKeptText } from '../../../../renderer/platform/kept-json.ts';
import { tabTitles } from '../../../../renderer/shell/documents.ts';
import type { Template } from '../../../../shared/issue/template.ts';
import { BUILT_IN_TEMPLATES } from '../../../../shared/issue/templates/built-in.ts';
import { issue } from '../../issue/issuing.ts';

const TOKEN = issue('cta-5007-b', { iss: 'me', exp: 1_900_000_000 }).text;

const open = (drafts: IssueDrafts): IssueModel => drafts.store.getState().open;
const draft = (drafts: IssueDrafts) => open(drafts).store.getState().draft;
const titles = ({ documents }: IssueDrafts) => tabTitles(documents.store.getState().tabs, 'New token');
const unsaved = ({ documents }: IssueDrafts) =>
  documents.store.getState().tabs.map(({ label }) => label.isUnsaved === true);
const closeOpen = ({ documents }: IssueDrafts) => documents.close(documents.store.getState().current);

function startTemplate(drafts: IssueDrafts, id: string): Template {
  const found = BUILT_IN_TEMPLATES.find((one) => one.id === id);
  if (found === undefined) throw new Error('no such template');
  drafts.startTemplate(id, found.template);
  return found.template;
}

function startClone(drafts: IssueDrafts, title = 'seg_0017.ts'): void {
  const clone = readClone(TOKEN);
  if (clone === undefined) throw new Error('no token');
  drafts.startClone({ ...clone, title }, []);
}

/** The answer to an order, as it comes from whoever made the token. */
function answer(model: IssueModel, isByHand: boolean): void {
  const { draft: asked, target } = model.store.getState();
  const made: Made = {
    order: JSON.stringify([asked, target, 'key', 'k1']),
    token: TOKEN,
    size: 100,
    by: 'k1',
    remarks: [],
    ...(isByHand ? {} : { signedWith: { keyId: 'k1' as never, readAs: 'hex', logId: 'l1' } }),
  };
  model.store.setState({ isSigning: false, made });
}

describe('a draft to start from', () => {
  it('takes the place of one that nobody touched, and stands beside any other', () => {
    const drafts = createIssueDrafts();
    startTemplate(drafts, 'one-video');
    startTemplate(drafts, 'one-viewer');
    expect(titles(drafts)).toEqual(['One viewer']);
    open(drafts).setClaim('iss', 'me');
    startTemplate(drafts, 'one-viewer');
    expect(titles(drafts)).toEqual(['One viewer', 'One viewer 2']);
    startClone(drafts);
    drafts.startBlank();
    expect(titles(drafts)).toEqual(['One viewer', 'Clone of seg_0017.ts', 'New token']);
    drafts.startBlank();
    expect(titles(drafts)).toHaveLength(3);
  });

  it.each<readonly [string, (model: IssueModel) => void]>([
    ['a claim', (model) => model.setClaim('iss', 'me')],
    ['a tested address', (model) => model.set({ shouldPlay: '/a.m3u8' })],
    ['an address of the stream', (model) => model.setStream({ url: 'https://a.example/' })],
    [
      'JSON that cannot be read',
      (model) => {
        const of = model.store.getState().draft.claims;
        const problem = { from: 0, to: 1, message: 'Not JSON', severity: 'error' } as const;
        model.set({ typedJson: { text: '{', of, problem } });
      },
    ],
    ['a token that was made by hand', (model) => answer(model, true)],
    ['a request under way', (model) => model.store.setState({ isSigning: true })],
  ])('does not take the place of one with %s', (_what, touch) => {
    const drafts = createIssueDrafts();
    const first = open(drafts);
    touch(first);
    startTemplate(drafts, 'one-video');
    expect(titles(drafts)).toEqual(['New token', 'One video']);
    drafts.documents.step(-1);
    expect(open(drafts)).toBe(first);
  });

  it('keeps where the last one was for and who was to make it', () => {
    const drafts = createIssueDrafts();
    open(drafts).set({ target: 'akamai', way: 'ovp', confirmName: 'prod' });
    startClone(drafts);
    drafts.documents.add();
    expect(open(drafts).store.getState()).toMatchObject({ target: 'akamai', way: 'ovp', confirmName: '' });
  });
});

describe('the tabs of drafts', () => {
  it('keep each draft while another one is shown, and what comes for it meanwhile', () => {
    const drafts = createIssueDrafts();
    startClone(drafts);
    const clone = open(drafts);
    clone.setClaim('iss', 'you');
    clone.store.setState({ isSigning: true });
    drafts.documents.add();
    open(drafts).setClaim('sub', 'b');
    expect(unsaved(drafts)).toEqual([true, true]);
    answer(clone, true);
    expect(unsaved(drafts)).toEqual([false, true]);
    expect(draft(drafts).claims).toEqual({ sub: 'b' });
    drafts.documents.step(1);
    expect(open(drafts).store.getState()).toMatchObject({ isSigning: false, made: { token: TOKEN } });
    expect(draft(drafts).claims).toMatchObject({ iss: 'you' });
  });

  it('say that something was changed until a token was made of it, and again after the next change', () => {
    const drafts = createIssueDrafts();
    startClone(drafts);
    expect(unsaved(drafts)).toEqual([false]);
    open(drafts).setClaim('iss', 'you');
    expect(unsaved(drafts)).toEqual([true]);
    answer(open(drafts), false);
    expect(unsaved(drafts)).toEqual([false]);
    open(drafts).setClaim('iss', 'they');
    expect(unsaved(drafts)).toEqual([true]);
    open(drafts).setClaim('iss', 'me');
    expect(unsaved(drafts)).toEqual([false]);
  });

  it('bring a closed draft back, and leave a blank one behind the last', () => {
    const drafts = createIssueDrafts();
    startClone(drafts);
    open(drafts).setClaim('iss', 'you');
    const before = draft(drafts);
    closeOpen(drafts);
    expect(titles(drafts)).toEqual(['New token']);
    expect(draft(drafts).claims).toEqual({});
    drafts.documents.reopen();
    expect(titles(drafts)).toEqual(['Clone of seg_0017.ts']);
    expect(draft(drafts)).toBe(before);
  });

  it('are there again after a restart, without tokens and names that were typed to sign', () => {
    const drafts = createIssueDrafts();
    startTemplate(drafts, 'one-video');
    open(drafts).fill('video', 'abc');
    startClone(drafts);
    open(drafts).set({ confirmName: 'prod-2' });
    answer(open(drafts), true);
    drafts.documents.add();
    const text = toKeptText(drafts.documents.part.read());
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain('prod-2');

    const next = createIssueDrafts();
    next.documents.part.restore(fromKeptText(text));
    expect(titles(next)).toEqual(['One video', 'Clone of seg_0017.ts']);
    next.documents.select(next.documents.store.getState().tabs[0]?.id ?? 0);
    open(next).fill('length', '30 min');
    expect(draft(next).claims).toMatchObject({ exp: '+30m', catu: { path: { contains: 'abc' } } });
  });
});
