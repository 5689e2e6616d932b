import type { Answer, CommandInput, EventPayload } from './contract.ts';
import type { COMMAND_NAMES, CommandName, EVENT_NAMES, EventName } from './names.ts';

/**
 * What the window sees as `window.catwalk`: one named function a command (`catwalk.keys.import(input)`) and one a
 * subscription (`catwalk.keys.onChanged(listener)`). No channel name crosses as data, and there are no getters.
 */
export type CatwalkApi = {
  readonly [Group in keyof typeof COMMAND_NAMES | keyof typeof EVENT_NAMES]: Calls<Group> & Subscriptions<Group>;
};

/** Ends a subscription; calling it twice does nothing. */
export type Unsubscribe = () => void;

export type Call<Name extends CommandName> =
  undefined extends CommandInput<Name> ? () => Answer<Name> : (input: CommandInput<Name>) => Answer<Name>;

export type Subscribe<Name extends EventName> = (listener: (payload: EventPayload<Name>) => void) => Unsubscribe;

type Calls<Group> = Group extends keyof typeof COMMAND_NAMES
  ? {
      readonly [Verb in (typeof COMMAND_NAMES)[Group][number]]: `${Group}.${Verb}` extends infer Name extends
        CommandName
        ? Call<Name>
        : never;
    }
  : unknown;

type Subscriptions<Group> = Group extends keyof typeof EVENT_NAMES
  ? {
      readonly [Verb in (typeof EVENT_NAMES)[Group][number] as `on${Capitalize<Verb>}`]: `${Group}.${Verb}` extends infer Name extends
        EventName
        ? Subscribe<Name>
        : never;
    }
  : unknown;
