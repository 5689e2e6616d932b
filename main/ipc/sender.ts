/** The part of Electron's event that says who asks. */
export interface SenderEvent {
  readonly sender: { readonly id: number };
  readonly senderFrame: SenderFrame | null;
}
interface SenderFrame {
  readonly url: string;
  readonly origin: string;
  readonly parent: unknown;
}

export interface KnownSenders {
  /** ids of the windows that this app made for its own page */
  has(id: number): boolean;
}

/**
 * Three questions, and all must be answered yes: is it a window of ours, is it its main frame, is the app's own page in it?
 * A frame that is gone (`null`, or disposed while it is looked at) is nobody.
 */
export function isTrustedSender(event: SenderEvent, known: KnownSenders, isApp: (url: string) => boolean): boolean {
  try {
    const frame = event.senderFrame;
    if (frame === null || frame === undefined) return false;
    return known.has(event.sender.id) && frame.parent === null && isApp(frame.url) && isApp(frame.origin);
  } catch {
    return false;
  }
}
