/** Keys that belong to a control and mean the same wherever it is: the sheet names them, nobody can change them. */
export const CONTROL_KEYS: readonly { readonly title: string; readonly keys: string }[] = [
  { title: 'Paste into Inspect, outside of fields', keys: 'Ctrl V' },
  { title: 'Close the top layer, or clear the selection', keys: 'Escape' },
  { title: 'Next control, previous control', keys: 'Tab' },
  { title: 'Walk in a table, a list or the byte map', keys: 'ArrowUp ArrowDown' },
  { title: 'Open or close a nested rule', keys: 'ArrowLeft ArrowRight' },
  { title: 'From a claim to its bytes', keys: 'Enter' },
  { title: 'Timeline: one minute', keys: 'ArrowLeft ArrowRight' },
  { title: 'Timeline: one second', keys: 'Shift ArrowLeft ArrowRight' },
  { title: 'Timeline: one hour', keys: 'PageUp PageDown' },
  { title: 'Timeline: nbf, last valid second', keys: 'Home End' },
  { title: 'Splitter: move, back to its first width', keys: 'ArrowLeft ArrowRight Enter' },
];
