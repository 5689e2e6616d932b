/**
 * Spellings of a CAT met in the field (CAT.md a.3, a.4, b, d, e). `cta-5007` is today's registered form;
 * a token is named by every dialect it shows.
 */
export const DIALECTS = {
  'cta-5007': 'Registered labels and shapes of CTA-5007-A and -B',
  'legacy-2024': 'Labels 267–283 of the drafts before December 2024',
  'array-matches': 'catu or cath matches as [type, value] arrays (mid-2024 drafts, Flowplayer OVP JSON)',
  'draft-2023-catu': 'catu of the 2023 draft: {0: type, 2: pattern, 4: group}',
  'akamai-composites': 'or, nor, and, enc, crit at labels 41–45',
  'akamai-catr-labels': 'catr with cookie parameters, header parameters and status at labels 6–8 (Akamai)',
  'quicr-composites': 'or, nor, and at labels 324–326',
  'cattprint-324': 'cattprint at label 324 (Fastly, zig)',
  'aws-docs': 'Labels 401–404 of the CloudFront documentation sample',
  c4m: 'The dot-separated serialisation and claims of CAT-4-MOQT before COSE',
  'catu-usage-counter': 'catu as a number (a usage limit in early C4M vectors)',
  'nan-keys': 'NaN map keys: names node-cat did not know, their meaning lost',
  'text-keys': 'Claim names as text keys',
  'text-label-4': 'Header labels as text ("4" for kid)',
  'tag-259': 'Tag 259 around maps (cbor-x default of old node-cat)',
  'hex-text-payload': 'Claims as a text string of hex digits',
  'protected-a0': "Empty protected header as h'a0' instead of h''",
  'signature1-hmac': 'HMAC over a Signature1 structure',
  'text-alg': 'Algorithm as text',
  'typ-16': 'Header label 16 (typ) = "CAT"',
  'json-flowplayer': 'Flowplayer OVP JSON: numeric names',
  'json-node-cat': 'node-cat JSON: exact-match, prefix-match, …',
  'json-akamai': 'Akamai JSON: parent_path, exp_extension, …',
} as const;

export type DialectId = keyof typeof DIALECTS;
