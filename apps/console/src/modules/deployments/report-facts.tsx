import type { DeploymentReport } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Time } from '../../ui/time.tsx';
import { useDuration } from '../../ui/use-duration.ts';
import { ValueBadge } from '../../ui/value-badge.tsx';

/** What was deployed where, by whom, and when. */
export function ReportFacts({ report }: { readonly report: DeploymentReport }) {
  const t = useTranslations('deployments.facts');
  const duration = useDuration();
  const { decision, database, embedded, serverVersion, commit, dirty, by, startedAt, durationMs, lockedMs } =
    report;
  return (
    <Facts>
      <Fact name={t('started')}>
        <Time value={startedAt} />
      </Fact>
      <Fact name={t('duration')}>{duration(durationMs)}</Fact>
      {lockedMs !== null && <Fact name={t('locked')}>{t('atMost', { duration: duration(lockedMs) })}</Fact>}
      {decision !== null && (
        <Fact name={t('decision')}>
          <ValueBadge set="Decision" value={decision} />
        </Fact>
      )}
      <Fact name={t('by')}>{by}</Fact>
      {commit !== null && (
        <Fact name={t('commit')}>
          {dirty ? t('dirty', { commit: commit.slice(0, 12) }) : commit.slice(0, 12)}
        </Fact>
      )}
      <Fact name={t('database')}>{embedded ? t('embedded', { database }) : database}</Fact>
      {serverVersion !== null && <Fact name={t('server')}>{t('postgres', { version: serverVersion })}</Fact>}
    </Facts>
  );
}
