import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../main/crypto/node-crypto.ts';
import { draftToEdn, ednToDraft } from '../../../../renderer/features/issue/edn-text.ts';
import { canShow } from '../../../../renderer/features/issue/fields/can-show.ts';
import { ClaimField } from '../../../../renderer/features/issue/fields/claim-field.tsx';
import { countGroups } from '../../../../renderer/features/issue/fields/rule-groups.tsx';
import { readClaimsOf } from '../../../../renderer/features/issue/read-claims-of.ts';
import { ClockProvider, createClock } from '../../../../renderer/shell/clock.ts';
import type { FieldSpec } from '../../../../shared/claims/field-spec.ts';
import { CLAIMS } from '../../../../shared/claims/registry.ts';
import { EMPTY_DRAFT } from '../../../../shared/issue/draft.ts';
import { issueToken } from '../../../../shared/issue/issue-token.ts';
import { resolveTimes } from '../../../../shared/issue/relative-times.ts';
import { cta5007B } from '../../../../shared/issue/targets/cta-5007-b.ts';
import type { Json } from '../../../../shared/json.ts';
import { seconds } from '../../../../shared/units.ts';

// jsdom has no CSS object, which React Aria's lists ask for
globalThis.CSS ??= { escape: (text: string) => text.replace(/[^\w-]/g, '\\$&') } as typeof CSS;

afterEach(cleanup);

const CLOCK = { now: seconds(1_795_525_652), zone: 'Europe/Stockholm' };
const EXAMPLES = CLAIMS.flatMap((claim) =>
  claim.examples.map((example) => ({ name: claim.name, form: claim.form, ...example })),
);

let latest: Json | undefined;
function Editor({ field, start }: { readonly field: FieldSpec; readonly start: Json | undefined }) {
  const [json, setJson] = useState(start);
  latest = json;
  return <ClaimField label="Claim" field={field} json={json} problems={[]} onChange={setJson} />;
}

function show(field: FieldSpec, start: Json | undefined) {
  latest = undefined;
  return render(
    <ClockProvider value={createClock()}>
      <Editor field={field} start={start} />
    </ClockProvider>,
  );
}

describe.each(EXAMPLES)('the field of $name: $title', ({ name, form, json, beyondForm }) => {
  it('shows it, and has it again after each of its texts was typed over', () => {
    show(form, json);
    const isPlain = canShow(form, json);
    // fields of its own down to the last value, but for what its definition says goes beyond them
    if (beyondForm !== true) {
      expect(isPlain).toBe(true);
      expect(screen.queryByLabelText(/as claims JSON/)).toBeNull();
    }
    const boxes = screen
      .queryAllByRole('textbox')
      .filter((box) => box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement);
    for (const box of boxes) {
      if (!(box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement)) continue;
      const { value } = box;
      fireEvent.change(box, { target: { value: isPlain ? `${value}7` : `${value} ` } });
      fireEvent.change(box, { target: { value } });
    }
    // a field that was emptied means that the claim is not there: an empty one is made as JSON or EDN
    if (!isBlank(json)) expect(latest).toEqual(json);
  });

  it('comes back the same by JSON, EDN and a token', () => {
    const draft = { ...EMPTY_DRAFT, claims: { [name]: JSON.parse(JSON.stringify(json)) as Json } };
    const { text, problems } = draftToEdn(draft, CLOCK);
    expect(problems).toEqual([]);
    const read = ednToDraft(text, EMPTY_DRAFT, CLOCK);
    if (!read.ok) throw new Error(read.error.message);
    expect(read.value).toEqual(draft);
    const issued = issueToken(read.value, cta5007B, { kind: 'secret', bytes: new Uint8Array(32) }, nodeCrypto);
    // what the target refuses is refused with a reason, and is no token
    if (!issued.ok) return expect(issued.error.code).toBe('ERR_ISSUE_REFUSED');
    expect(readClaimsOf(issued.value.text)).toEqual(draft.claims);
  });
});

const isBlank = (json: Json): boolean => json === '' || JSON.stringify(json) === '{"hex":""}';

describe('building from nothing', () => {
  const user = userEvent.setup();
  const formOf = (name: string): FieldSpec => CLAIMS.find((claim) => claim.name === name)?.form ?? { kind: 'json' };

  it('adds countries by name and by the code of a part, and takes them away', async () => {
    show(formOf('catgeoiso3166'), undefined);
    const box = screen.getByRole('combobox');
    await user.type(box, 'Swed');
    await user.click(await screen.findByRole('option', { name: /Sweden/ }));
    await user.type(box, 'US-CA{Enter}');
    expect(latest).toEqual(['SE', 'US-CA']);
    // the open list is all there is for a screen reader until it closes
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: /Remove Sweden/ }));
    expect(latest).toEqual(['US-CA']);
  });

  it('writes one text for itself or in a list, and a list of nobody', async () => {
    show(formOf('aud'), '');
    const box = () => screen.getByRole('textbox', { name: 'Claim' });
    const choose = async (name: string) => {
      await user.click(screen.getByRole('button', { name: /written as/ }));
      await user.click(await screen.findByRole('option', { name }));
    };
    fireEvent.change(box(), { target: { value: 'one' } });
    expect(latest).toBe('one');
    // how one is written is remembered while there are several
    fireEvent.change(box(), { target: { value: 'one\ntwo' } });
    fireEvent.change(box(), { target: { value: 'one\n' } });
    expect(latest).toBe('one');
    await choose('List');
    expect(latest).toEqual(['one']);
    fireEvent.change(box(), { target: { value: '' } });
    expect(latest).toEqual([]);
    await choose('Text');
    expect(latest).toBe('');
  });

  it('demands what the groups of a pattern hold', async () => {
    show(formOf('catu'), { path: { regex: ['^/(.*)/(.*)$'] } });
    const choose = async (group: number, name: string) => {
      await user.click(screen.getByRole('button', { name: new RegExp(`What group ${group} of rule 1 holds`) }));
      await user.click(await screen.findByRole('option', { name }));
    };
    await choose(2, 'is exactly');
    fireEvent.change(screen.getByRole('textbox', { name: 'Text of group 2 of rule 1' }), { target: { value: 'b' } });
    expect(latest).toEqual({ path: { regex: ['^/(.*)/(.*)$', null, 'b'] } });
    // a group may have to be empty, which is not the same as anything
    await choose(1, 'is exactly');
    expect(latest).toEqual({ path: { regex: ['^/(.*)/(.*)$', '', 'b'] } });
    await choose(1, 'anything');
    await choose(2, 'anything');
    expect(latest).toEqual({ path: { regex: ['^/(.*)/(.*)$'] } });
  });

  it.each([
    ['^/(.*)/(.*)$', 2],
    ['(a(b))', 2],
    ['\\((a)', 1],
    ['[(](a)', 1],
    ['[]()](a)', 1],
    ['[^]()](a)', 1],
    ['(?:a)', 0],
  ])('counts the groups of %s', (pattern, count) => {
    expect(countGroups(pattern)).toBe(count);
  });

  it('takes an integer beyond what a number holds', () => {
    show(formOf('exp'), undefined);
    const box = screen.getByRole('textbox');
    fireEvent.change(box, { target: { value: '9007199254740993' } });
    expect(latest).toEqual({ int: '9007199254740993' });
    fireEvent.change(box, { target: { value: '1800000000' } });
    expect(latest).toBe(1_800_000_000);
  });

  it('switches methods', async () => {
    show(formOf('catm'), ['PURGE']);
    await user.click(screen.getByRole('button', { name: 'GET' }));
    expect(latest).toEqual(['PURGE', 'GET']);
    await user.click(screen.getByRole('button', { name: 'PURGE' }));
    await user.click(screen.getByRole('button', { name: 'GET' }));
    expect(latest).toBeUndefined();
  });

  it('takes a pair copied from a map for a place', async () => {
    show(formOf('catgeocoord'), []);
    await user.click(screen.getByRole('button', { name: 'Add place' }));
    fireEvent.change(screen.getByRole('textbox', { name: 'Latitude 1' }), { target: { value: '59.33, 18.07' } });
    expect(latest).toEqual([[59.33, 18.07, 1000]]);
  });

  it('nests claims in sets, with moments in words', async () => {
    show(formOf('or'), [{}]);
    await user.click(screen.getByRole('button', { name: /Add a claim to set 1/ }));
    await user.click(await screen.findByRole('option', { name: /\(exp\)/ }));
    fireEvent.change(screen.getByRole('textbox', { name: /\(exp\)/ }), { target: { value: '+2h' } });
    await user.click(screen.getByRole('button', { name: 'Add set' }));
    expect(latest).toEqual([{ exp: '+2h' }, {}]);
    expect(resolveTimes({ or: latest ?? [] }, CLOCK)).toEqual({
      ok: true,
      value: { or: [{ exp: CLOCK.now + 7200 }, {}] },
    });
    const wrong = resolveTimes({ and: [{ or: [{ exp: '+2 parsecs' }] }] }, CLOCK);
    expect(wrong.ok ? [] : wrong.error.map(({ path }) => path)).toEqual([['and', 0, 'or', 0, 'exp']]);
  });

  it('grants actions on names in bytes and text', async () => {
    show(formOf('moqt'), []);
    await user.click(screen.getByRole('button', { name: 'Add scope' }));
    await user.click(screen.getByRole('button', { name: 'PUBLISH' }));
    await user.click(screen.getByRole('button', { name: 'Add field' }));
    fireEvent.change(screen.getByRole('textbox', { name: /^Text of namespace.* 1$/ }), { target: { value: 'a' } });
    await user.click(screen.getByRole('button', { name: /written as/ }));
    await user.click(await screen.findByRole('option', { name: 'Hex' }));
    fireEvent.change(screen.getByRole('textbox', { name: /^Text of namespace.* 1$/ }), { target: { value: 'ff00' } });
    await user.click(screen.getByRole('button', { name: /Track/ }));
    await user.click(await screen.findByRole('option', { name: 'starts with' }));
    fireEvent.change(screen.getByRole('textbox', { name: /^Text of track/ }), { target: { value: 'video-' } });
    expect(latest).toEqual([
      { actions: ['PUBLISH'], namespace: [{ exact: { hex: 'ff00' } }], track: { prefix: 'video-' } },
    ]);
  });

  it('answers a refusal with a redirect made of pieces', async () => {
    show(formOf('catif'), {});
    await user.click(screen.getByRole('button', { name: 'Add response' }));
    fireEvent.change(screen.getByRole('textbox', { name: 'When refused by' }), { target: { value: 'exp, nbf' } });
    fireEvent.change(screen.getByRole('textbox', { name: 'Status' }), { target: { value: '302' } });
    await user.click(screen.getByRole('button', { name: 'Add header' }));
    fireEvent.change(screen.getByRole('textbox', { name: 'Text of piece 1 of header 1' }), {
      target: { value: 'https://a.example/?r=' },
    });
    await user.click(screen.getByRole('button', { name: 'Add piece' }));
    expect(latest).toEqual({
      '["exp","nbf"]': [302, { Location: ['https://a.example/?r=', { tag: 121, value: 0 }] }],
    });
  });

  it('takes an encrypted value in hex or in diagnostic notation', async () => {
    show(formOf('enc'), []);
    await user.click(screen.getByRole('button', { name: 'Add encrypted value' }));
    fireEvent.change(screen.getByRole('textbox', { name: 'Claims inside' }), { target: { value: 'catnip' } });
    const box = screen.getByRole('textbox', { name: 'COSE_Encrypt0' });
    fireEvent.change(box, { target: { value: '8343a10103a04107' } });
    const sealed = [{ claims: 'catnip', message: [{ hex: 'a10103' }, {}, { hex: '07' }] }];
    expect(latest).toEqual(sealed);
    fireEvent.change(box, { target: { value: "[h'a10103', {}, h'07'" } });
    expect(latest).toEqual(sealed);
    expect(screen.getByText(/Not EDN at column/)).toBeTruthy();
  });

  it('says a moment chosen in the picker with its zone', async () => {
    show(formOf('exp'), '2026-11-24 20:00 Europe/Stockholm');
    await user.click(screen.getByRole('button', { name: /Choose day and time/ }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.change(within(dialog).getByLabelText('Day'), { target: { value: '2026-12-01' } });
    fireEvent.change(within(dialog).getByLabelText('Time'), { target: { value: '21:30' } });
    await user.click(within(dialog).getByRole('button', { name: 'Use this moment' }));
    expect(latest).toMatch(/^2026-12-01 21:30 \S+$/);
  });
});
