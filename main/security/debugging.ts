import inspector from 'node:inspector';

/**
 * Whether this start hands the app to whoever can reach a port. `--remote-debugging-port` works in every Electron, fuses or
 * not, so an installed app refuses it. The fuse for `--inspect` is the exception's measure: a release has it off and ignores
 * the switch, so Node's inspector is never open there; a copy that was built for tests has it on, the test's driver opens
 * the inspector first, and has every right already that the debugging port could give.
 */
export function isUnwantedDebugging(options: {
  readonly packaged: boolean;
  readonly hasSwitch: (name: string) => boolean;
  readonly inspectorUrl?: string | undefined;
}): boolean {
  if (!options.packaged) return false;
  const asked = DEBUGGING_SWITCHES.some((name) => options.hasSwitch(name));
  return asked && options.inspectorUrl === undefined;
}

const DEBUGGING_SWITCHES = ['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address'] as const;

/** where Node's inspector listens, when it does */
export const openInspector = (): string | undefined => inspector.url();
