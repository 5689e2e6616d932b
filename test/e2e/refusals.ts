/** How Chromium says on the console that it did not do what was tried. */
export const REFUSALS = [
  /^Refused to /,
  /^content security policy: \S+ refused /,
  /^Not allowed to (load|navigate) /,
  /^Failed to load resource: /,
  /^This document requires 'Trusted\w+' assignment\.$/,
];
