import { workflowCommand } from '../github/workflow-command.ts';
import type { LintFinding } from '../lint/lint-finding.ts';
import { whyOf } from './why-of.ts';

/** The findings that nobody accepted as workflow commands, which GitHub shows beside the lines of a pull request. */
export function lintGithub(findings: readonly LintFinding[]): string {
  return findings
    .filter(({ accepted }) => accepted === null)
    .map((finding) => {
      const { severity, rule, file, line, column, endLine, endColumn, rewrite } = finding;
      const properties = {
        file,
        line,
        endLine,
        // GitHub reads columns only where both are on one line.
        ...(line === endLine && { col: column, endColumn }),
        title: rule,
      };
      return workflowCommand(severity, properties, `${whyOf(finding)}\n${rewrite}`);
    })
    .join('');
}
