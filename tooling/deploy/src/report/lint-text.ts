import { styleText } from 'node:util';
import type { LintFinding } from '../lint/lint-finding.ts';
import { formatCount } from './format.ts';
import { whyOf } from './why-of.ts';

const COLOURS = { error: 'red', warning: 'yellow', notice: 'cyan' } as const;

/** How many findings there are of each severity; accepted ones are of none. */
export function countFindings(
  findings: readonly LintFinding[],
): Record<LintFinding['severity'] | 'accepted', number> {
  const counts = { error: 0, warning: 0, notice: 0, accepted: 0 };
  for (const { severity, accepted } of findings) counts[accepted === null ? severity : 'accepted'] += 1;
  return counts;
}

/** `2 errors, 1 warning and 3 accepted findings in 5 files.` */
export function lintSummary(findings: readonly LintFinding[], files: number): string {
  const { error, warning, notice, accepted } = countFindings(findings);
  const parts = [
    ...(error > 0 ? [plural(error, 'error')] : []),
    ...(warning > 0 ? [plural(warning, 'warning')] : []),
    ...(notice > 0 ? [plural(notice, 'notice')] : []),
    ...(accepted > 0 ? [`${formatCount(accepted)} accepted`] : []),
  ];
  return `${parts.join(', ') || 'No findings'} in ${plural(files, 'file')}.`;
}

/**
 * The findings that nobody accepted as compilers print theirs, `file:line:column: severity rule: why`, each with what
 * to write instead on the line below; coloured where the terminal shows colours.
 */
export function lintText(findings: readonly LintFinding[], stream: NodeJS.WriteStream): string {
  return findings
    .filter(({ accepted }) => accepted === null)
    .map((finding) => {
      const { file, line, column, severity, rule, rewrite } = finding;
      const level = styleText(COLOURS[severity], severity, { stream });
      return `${file}:${line}:${column}: ${level} ${rule}: ${whyOf(finding)}\n    ${rewrite}\n`;
    })
    .join('');
}

function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
