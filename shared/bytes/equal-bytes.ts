/** Whether two byte strings hold the same bytes. Not constant-time: secrets and proofs go through `CryptoPort.equal`. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
