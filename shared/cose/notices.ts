import type { CborNode } from '../cbor/node.ts';
import type { DialectId } from '../claims/dialects.ts';
import type { Finding } from '../findings/finding.ts';

/** Collects what is noticed about an envelope. */
export class Notices {
  readonly findings: Finding[] = [];
  readonly dialects: DialectId[] = [];

  say(code: string, severity: Finding['severity'], message: string, at: CborNode | undefined, mend?: string): void {
    this.findings.push({
      code,
      severity,
      message,
      ...(at && { range: { start: at.start, end: at.end } }),
      ...(mend !== undefined && { mend }),
    });
  }

  /** A dialect is named once. */
  speaks(dialect: DialectId): void {
    if (!this.dialects.includes(dialect)) this.dialects.push(dialect);
  }
}
