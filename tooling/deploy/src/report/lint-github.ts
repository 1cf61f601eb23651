import type { LintFinding } from '../lint/lint-finding.ts';

/** The findings that nobody accepted as workflow commands, which GitHub shows beside the lines of a pull request. */
export function lintGithub(findings: readonly LintFinding[]): string {
  return findings
    .filter(({ accepted }) => accepted === null)
    .map((finding) => {
      const { severity, rule, file, line, column, endLine, endColumn, why, rewrite } = finding;
      const properties = {
        file,
        line,
        endLine,
        // GitHub reads columns only where both are on one line.
        ...(line === endLine && { col: column, endColumn }),
        title: rule,
      };
      const listed = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
      return `::${severity} ${listed.join(',')}::${escapeData(`${why}\n${rewrite}`)}\n`;
    })
    .join('');
}

/** @source toolkit/packages/core/src/command.ts of GitHub's actions */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(value: string | number): string {
  return escapeData(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
