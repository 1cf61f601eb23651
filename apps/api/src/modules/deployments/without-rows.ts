import { CheckProblem, DeploymentFinding, type DeploymentReport } from '@apms/validators';

const ToldProblem = CheckProblem.pick({ message: true, table: true, count: true });
const ToldFinding = DeploymentFinding.omit({ detail: true });

/** Of which older versions of the deploy tool told in one text what a server had said. */
const QUOTING_RULES = ['history-failed', 'not-reproducible'];

/**
 * A report without what rows may hold, of whichever workspace: sampled ids, and texts that may quote what a server, a
 * program or a hook said. In place of such a text stands where it is to be read; what the deploy tool has not told apart
 * counts as one.
 */
export function withoutRows(report: DeploymentReport): DeploymentReport {
  const { id, target, failure, lockBudget, withoutRows: told } = report;
  const withheld = `This may quote rows of any workspace. It is told where the deployment ran: pnpm deploy:report ${id} --env ${target}`;
  return {
    ...report,
    withoutRows: null,
    reasons: told?.reasons ?? report.reasons.map(() => withheld),
    failure: failure && { ...failure, message: told?.failure ?? withheld },
    warnings: report.warnings.map(() => withheld),
    steps: report.steps.map((step) => (step.status === 'failed' ? { ...step, summary: withheld } : step)),
    findings: report.findings.map((finding) => {
      const isWithheld = told === null && QUOTING_RULES.includes(finding.rule);
      return { ...ToldFinding.parse(finding), ...(isWithheld && { why: withheld }) };
    }),
    orphans: report.orphans.map((orphan) => ({ ...orphan, sampleIds: [] })),
    checks: report.checks.map(({ problems, ...check }) => ({
      ...check,
      problems:
        told === null
          ? problems.slice(0, 1).map(() => ({ message: withheld }))
          : problems.map((problem) => ({ ...ToldProblem.parse(problem), sampleIds: [] })),
    })),
    lockBudget: told === null && lockBudget?.notPhased ? { ...lockBudget, notPhased: withheld } : lockBudget,
  };
}
