/** Who issued the sample of a first start: by it a token that was only looked at to learn is told from a person's own. */
export const SAMPLE_ISSUER = 'catwalk-sample';
