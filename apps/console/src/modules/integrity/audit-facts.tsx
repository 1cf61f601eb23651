import type { IntegrityAudit } from '@apms/validators';
import { useFormatter, useTranslations } from 'use-intl';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Time } from '../../ui/time.tsx';
import { useDuration } from '../../ui/use-duration.ts';
import { useValueText } from '../../ui/use-value-text.ts';
import { ValueBadge } from '../../ui/value-badge.tsx';

/** What one audit came to, and what to do about it. */
export function AuditFacts({ audit }: { readonly audit: IntegrityAudit }) {
  const t = useTranslations('integrity.health');
  const formatter = useFormatter();
  const valueText = useValueText();
  const duration = useDuration();
  const origin = valueText('IntegrityOrigin', audit.origin);
  return (
    <div className="flex flex-col gap-4">
      <p>
        <ValueBadge set="IntegrityHealth" value={audit.health} /> {t(audit.health)}
      </p>
      <Facts>
        <Fact name={t('orphans')}>{formatter.number(Number(audit.orphansTotal))}</Fact>
        <Fact name={t('checks')}>
          {t('checksOf', { failed: audit.checksFailed, total: audit.checksTotal })}
        </Fact>
        <Fact name={t('when')}>
          <Time value={audit.startedAt} />
        </Fact>
        <Fact name={t('duration')}>{duration(audit.durationMs)}</Fact>
        <Fact name={t('origin')}>
          {audit.requestedByName === null ? origin : t('by', { origin, name: audit.requestedByName })}
        </Fact>
      </Facts>
    </div>
  );
}
