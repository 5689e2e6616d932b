import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../../main/secrets/secret.ts';
import type { SecretStore } from '../../../../main/secrets/secret-store.ts';

/** What every kind of store must do; each kind runs it. `open` gives a store on the same items as the one before. */
export function describeSecretStore(name: string, open: () => SecretStore | Promise<SecretStore>): void {
  describe(`${name} as a secret store`, () => {
    let store: SecretStore;
    beforeEach(async () => {
      store = await open();
    });

    const secret = (content: string | Uint8Array) =>
      new Secret(typeof content === 'string' ? new TextEncoder().encode(content) : content);
    const read = async (item: string) => {
      const found = await store.get(item);
      if (!found.ok) throw new Error(found.error.message);
      return found.value === undefined ? undefined : Buffer.from(found.value.reveal()).toString('hex');
    };
    const hex = (content: string | Uint8Array) => Buffer.from(content).toString('hex');

    it('works when it is tried, and keeps nothing of that', async () => {
      expect(await store.probe()).toMatchObject({ state: 'unlocked' });
    });

    it('has no item that nobody put there', async () => {
      expect(await read('dev/none')).toBeUndefined();
      expect(await store.delete('dev/none')).toEqual({ ok: true, value: false });
    });

    it('gives back what it was given, until that is deleted', async () => {
      expect(await store.set('dev/a', secret('one'))).toEqual({ ok: true, value: undefined });
      expect(await read('dev/a')).toBe(hex('one'));
      expect(await store.delete('dev/a')).toEqual({ ok: true, value: true });
      expect(await read('dev/a')).toBeUndefined();
      expect(await store.delete('dev/a')).toEqual({ ok: true, value: false });
    });

    it('replaces an item', async () => {
      for (const content of ['one', 'two', '']) {
        await store.set('dev/a', secret(content));
        expect(await read('dev/a')).toBe(hex(content));
      }
      await store.delete('dev/a');
    });

    it('keeps items apart, also under names that look alike', async () => {
      const names = ['dev/a', 'dev/A', 'stage/a', 'dev/a ', 'dev/a/b', 'dev/é', 'dev/е́', 'dev/鍵 "1"', "dev/'; --"];
      for (const name of names) await store.set(name, secret(name));
      for (const name of names) expect(await read(name), name).toBe(hex(name));
      for (const name of names) expect(await store.delete(name), name).toEqual({ ok: true, value: true });
    });

    it.each([1, 32, 1400, 1500, 1501, 2000, 3268, 16 * 1024])('keeps %i bytes exactly', async (length) => {
      const bytes = randomBytes(length);
      await store.set('dev/a', secret(bytes));
      expect(await read('dev/a')).toBe(hex(bytes));
      expect(await store.delete('dev/a')).toEqual({ ok: true, value: true });
      expect(await read('dev/a')).toBeUndefined();
    });

    it('keeps bytes that are no text', async () => {
      const bytes = Uint8Array.from([0, 1, 0xff, 0xfe, 0, 0x0a, 0x0d, 0xc3]);
      await store.set('dev/a', secret(bytes));
      expect(await read('dev/a')).toBe(hex(bytes));
      await store.delete('dev/a');
    });

    it('goes from long to short and back without a mixture', async () => {
      for (const length of [5000, 10, 9000, 1500, 3000]) {
        const bytes = randomBytes(length);
        await store.set('dev/a', secret(bytes));
        expect(await read('dev/a')).toBe(hex(bytes));
      }
      await store.delete('dev/a');
      expect(await read('dev/a')).toBeUndefined();
    });

    it('takes nothing back that it gave out', async () => {
      await store.set('dev/a', secret('one'));
      const found = await store.get('dev/a');
      await store.delete('dev/a');
      expect(found.ok && found.value && hex(found.value.reveal())).toBe(hex('one'));
    });

    it('keeps its own copy', async () => {
      const bytes = Uint8Array.from([1, 2, 3]);
      await store.set('dev/a', secret(bytes));
      bytes.fill(0);
      expect(await read('dev/a')).toBe('010203');
      await store.delete('dev/a');
    });

    it('takes writes at the same time, each item whole afterwards', async () => {
      const contents = Array.from({ length: 10 }, () => randomBytes(2500));
      const done = await Promise.all(contents.map((bytes) => store.set('dev/a', secret(bytes))));
      expect(done.every((result) => result.ok)).toBe(true);
      expect(contents.map(hex)).toContain(await read('dev/a'));
      await store.delete('dev/a');
    });
  });
}
