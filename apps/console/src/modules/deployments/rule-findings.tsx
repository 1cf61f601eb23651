import type { DeploymentFinding } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Fold } from '../../ui/fold.tsx';

/** How grave a finding is; what somebody accepted no longer counts. */
export type FindingLevel = DeploymentFinding['severity'] | 'accepted';

const tones = {
  error: 'bad',
  warning: 'warn',
  notice: 'info',
  accepted: 'neutral',
} as const satisfies Record<FindingLevel, Tone>;

/** So many of one kind are shown in full; they differ in little but their place. */
const SHOWN = 5;

export interface RuleFindingsProps {
  readonly level: FindingLevel;
  /** Of one rule, with the same advice. */
  readonly findings: readonly DeploymentFinding[];
}

/** The findings of one rule: what to do about them said once, then each with its place. */
export function RuleFindings({ level, findings }: RuleFindingsProps) {
  const t = useTranslations('deployments.findings');
  const [first] = findings;
  if (first === undefined) return null;
  const rest = findings.slice(SHOWN);
  return (
    <li className="border-t border-line pt-3 first:border-t-0 first:pt-0">
      <p className="break-words">
        <Badge tone={tones[level]}>{t(`levels.${level}`, { count: findings.length })}</Badge>{' '}
        <strong className="font-semibold">{first.rule}</strong>
      </p>
      {level !== 'accepted' && <p className="mt-1 break-words">{first.rewrite}</p>}
      <Places findings={findings.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <Fold title={t('more', { count: rest.length })}>
          <Places findings={rest} />
        </Fold>
      )}
    </li>
  );
}

function Places({ findings }: { readonly findings: readonly DeploymentFinding[] }) {
  const t = useTranslations('deployments.findings');
  return (
    <ul className="mt-1 list-disc pl-5">
      {findings.map(({ file, line, column, why, accepted, statement }) => (
        <li key={`${file} ${line} ${column} ${why} ${statement}`} className="break-words">
          <code className="text-xs">
            {[file ?? t('target'), line].filter((part) => part !== null).join(':')}
          </code>
          {`: ${why}`}
          {accepted !== null && ` ${t('accepted', { reason: accepted })}`}
        </li>
      ))}
    </ul>
  );
}
