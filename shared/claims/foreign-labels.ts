/**
 * Labels of other specifications that ride in a CWT: named where a token is explained, judged nowhere. The attestation
 * claims of RFC 9711 stand where drafts of CAT had theirs; `isLegacyMap` in `labels.ts` tells them apart.
 */
const FOREIGN_NAMES = new Map([
  [9, 'scope'],
  [10, 'eat_nonce'],
  [38, 'ace_profile'],
  [39, 'cnonce'],
  [40, 'exi'],
  [256, 'ueid'],
  [257, 'sueids'],
  [258, 'oemid'],
  [259, 'hwmodel'],
  [260, 'hwversion'],
  [261, 'uptime'],
  [262, 'oemboot'],
  [263, 'dbgstat'],
  [264, 'location'],
  [265, 'eat_profile'],
  [266, 'submods'],
  [267, 'bootcount'],
  [268, 'bootseed'],
  [269, 'dloas'],
  [270, 'swname'],
  [271, 'swversion'],
  [272, 'manifests'],
  [273, 'measurements'],
  [274, 'measres'],
  [275, 'intuse'],
  [400, 'actx'],
  [401, 'nonce'],
  [402, 'ath'],
]);

/** What RFC 9711 and its neighbours call a label, for the explanation of a claim that is none of CAT's. */
export const foreignLabelName = (label: number): string | undefined => FOREIGN_NAMES.get(label);
