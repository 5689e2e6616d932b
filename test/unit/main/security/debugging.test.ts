import { describe, expect, it } from 'vitest';
import { isUnwantedDebugging } from '../../../../main/security/debugging.ts';

const start = (packaged: boolean, switches: string[], inspectorUrl?: string) =>
  isUnwantedDebugging({ packaged, hasSwitch: (name) => switches.includes(name), inspectorUrl });

describe('remote debugging', () => {
  it.each(['remote-debugging-port', 'remote-debugging-pipe'])('of an installed app by --%s is refused', (name) => {
    expect(start(true, [name])).toBe(true);
  });

  it('is allowed where Node’s inspector could be opened, which a release cannot', () => {
    expect(start(true, ['remote-debugging-port'], 'ws://127.0.0.1:1/x')).toBe(false);
  });

  it('is allowed when started from sources, and not asked for is nothing', () => {
    expect(start(false, ['remote-debugging-port'])).toBe(false);
    expect(start(true, ['no-sandbox'])).toBe(false);
  });
});
