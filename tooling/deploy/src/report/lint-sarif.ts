import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { LintFinding } from '../lint/lint-finding.ts';
import { readRuleDocumentation, ruleDocumentationUrl } from '../lint/rule-documentation.ts';
import { whyOf } from './why-of.ts';

const LEVELS = { error: 'error', warning: 'warning', notice: 'note' } as const;
const ROOT = '%SRCROOT%';

/** The findings as SARIF 2.1.0, with the documentation of each rule that found something; accepted ones are suppressed. */
export async function lintSarif(findings: readonly LintFinding[]): Promise<Log> {
  const documentation = await readRuleDocumentation();
  const rules = [...new Set(findings.map(({ rule }) => rule))].toSorted();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'deploy lint',
            rules: rules.map((rule): ReportingDescriptor => {
              const { summary = rule, markdown } = documentation.get(rule) ?? {};
              return {
                id: rule,
                shortDescription: { text: summary },
                ...(markdown !== undefined && { help: { text: markdown, markdown } }),
                helpUri: ruleDocumentationUrl(rule),
              };
            }),
          },
        },
        automationDetails: { id: 'deploy-lint/' },
        columnKind: 'unicodeCodePoints',
        results: findings.map((finding) => resultOf(finding, rules.indexOf(finding.rule))),
      },
    ],
  };
}

function resultOf(finding: LintFinding, ruleIndex: number): Result {
  const { rule, severity, file, line, column, endLine, endColumn, rewrite, accepted } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: `${whyOf(finding)} ${rewrite}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file), uriBaseId: ROOT },
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
    suppressions: accepted === null ? [] : [{ kind: 'inSource', justification: accepted }],
  };
}
