import { EVENTS, type EventPayload } from '../../shared/contract/contract.ts';
import { channelOf, type EventName } from '../../shared/contract/names.ts';

/** The part of `WebContents` that an event needs. */
export interface EventTarget {
  isDestroyed(): boolean;
  getURL(): string;
  send(channel: string, payload: unknown): void;
}

/** Tells the window something. The payload is parsed first, so members that the contract does not name stay in main. */
export type Send = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;

export function createSend(targets: () => Iterable<EventTarget>, isApp: (url: string) => boolean): Send {
  return (name, payload) => {
    const parsed = EVENTS[name].parse(payload);
    for (const target of targets()) {
      if (!target.isDestroyed() && isApp(target.getURL())) target.send(channelOf(name), parsed);
    }
  };
}
