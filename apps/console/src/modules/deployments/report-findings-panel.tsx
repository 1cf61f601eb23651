import type { DeploymentFinding, DeploymentReport } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Panel } from '../../ui/panel.tsx';
import { type FindingLevel, RuleFindings } from './rule-findings.tsx';

const LEVELS = ['error', 'warning', 'notice', 'accepted'] as const satisfies readonly FindingLevel[];

/** What the plan found in the pending SQL, the history and the live schema; gravest first, by rule. */
export function ReportFindingsPanel({ findings }: Pick<DeploymentReport, 'findings'>) {
  const t = useTranslations('deployments');
  if (findings.length === 0) return null;
  const levels = Map.groupBy(findings, levelOf);
  const present = LEVELS.filter((level) => levels.has(level));
  const summary = present
    .map((level) => t(`findings.levels.${level}`, { count: levels.get(level)?.length ?? 0 }))
    .join(', ');
  return (
    <Panel title={t('sections.findings')}>
      <p className="mb-3 text-sm">{summary}</p>
      <ul className="flex flex-col gap-3 text-sm">
        {present.flatMap((level) =>
          byRule(levels.get(level) ?? [], level).map(([rule, some]) => (
            <RuleFindings key={`${level} ${rule}`} level={level} findings={some} />
          )),
        )}
      </ul>
    </Panel>
  );
}

function levelOf({ severity, accepted }: DeploymentFinding): FindingLevel {
  return accepted === null ? severity : 'accepted';
}

/** Of what is accepted nobody is told what to write instead. */
function byRule(
  findings: readonly DeploymentFinding[],
  level: FindingLevel,
): [string, DeploymentFinding[]][] {
  return [
    ...Map.groupBy(findings, ({ rule, rewrite }) => (level === 'accepted' ? rule : `${rule} ${rewrite}`)),
  ];
}
