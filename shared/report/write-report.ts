import type { JsonObject } from '../json.ts';
import { markdownTable, markdownText, type Table, visible } from './markdown.ts';
import type { Report } from './report.ts';

export type ReportFormat = 'markdown' | 'html' | 'json';

/** The report as text: for a ticket, for a mail or a file, for a program. */
export function writeReport(report: Report, format: ReportFormat): string {
  switch (format) {
    case 'markdown':
      return writeMarkdown(report);
    case 'html':
      return writeHtml(report);
    case 'json':
      return `${JSON.stringify(toJson(report), null, 2)}\n`;
  }
}

const TITLE = 'Media access token, inspected';

function tablesOf(report: Report): readonly Table[] {
  const { answers, claims, token, request, findings } = report;
  return [
    {
      title: 'Verdicts',
      head: ['Question', 'Answer', 'Detail'],
      rows: answers.map(({ question, word, detail }) => [question, word, detail]),
    },
    {
      title: 'Claims',
      head: ['Verdict', 'Claim', 'Means', 'Token asks for', 'Request has'],
      rows: claims.map((claim) => [
        claim.verdict,
        `${'· '.repeat(claim.depth)}${claim.name}${claim.name === claim.label ? '' : ` (${claim.label})`}`,
        claim.means,
        claim.expected === '' ? claim.raw : claim.expected,
        claim.actual,
      ]),
    },
    { title: 'Request', head: ['Fact', 'Value'], rows: request },
    { title: 'Token', head: ['Fact', 'Value'], rows: token },
    {
      title: 'Findings',
      head: ['Severity', 'Finding', 'What to do'],
      rows: findings.map(({ severity, message, mend }) => [severity, message, mend]),
    },
  ].filter(({ rows }) => rows.length > 0);
}

function writeMarkdown(report: Report): string {
  return [
    `## ${TITLE}`,
    '',
    markdownText(report.sentence),
    '',
    `Judged as ${markdownText(report.verifier)}, as of ${report.judgedAt}.`,
    ...(report.fix === '' ? [] : ['', `**Smallest fix:** ${markdownText(report.fix)}`]),
    '',
    ...tablesOf(report).map(markdownTable),
    `_${markdownText(report.redaction)}_`,
    '',
  ].join('\n');
}

function writeHtml(report: Report): string {
  const table = ({ title, head, rows }: Table): string =>
    `<h2>${title}</h2>\n<table border="1" cellpadding="4">\n<tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr>\n${rows
      .map((row) => `<tr>${row.map((cell) => `<td>${htmlText(cell)}</td>`).join('')}</tr>`)
      .join('\n')}\n</table>`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${TITLE}</title>
<h1>${TITLE}</h1>
<p>${htmlText(report.sentence)}</p>
<p>Judged as ${htmlText(report.verifier)}, as of ${htmlText(report.judgedAt)}.</p>
${report.fix === '' ? '' : `<p><b>Smallest fix:</b> ${htmlText(report.fix)}</p>\n`}${tablesOf(report).map(table).join('\n')}
<p><i>${htmlText(report.redaction)}</i></p>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const htmlText = (text: string): string => visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const toJson = (report: Report): JsonObject => ({
  title: TITLE,
  sentence: report.sentence,
  judgedAs: report.verifier,
  asOf: report.judgedAt,
  verdicts: report.answers.map(({ question, word, detail }) => ({ question, answer: word, detail })),
  smallestFix: report.fix === '' ? null : report.fix,
  claims: report.claims.map(({ name, label, depth, verdict, means, raw, expected, actual }) => ({
    name,
    label,
    depth,
    verdict,
    means,
    raw,
    ...(expected === '' ? {} : { expected }),
    ...(actual === '' ? {} : { actual }),
  })),
  request: Object.fromEntries(report.request),
  token: Object.fromEntries(report.token),
  findings: report.findings.map(({ severity, message, mend }) => ({
    severity,
    message,
    mend: mend === '' ? null : mend,
  })),
  redaction: report.redaction,
});
