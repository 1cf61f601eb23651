import type { ApproverOverride } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Time } from '../../ui/time.tsx';

/** From when until when an override holds. */
export function OverridePeriod({
  override: { effectiveFrom, effectiveTo },
}: {
  readonly override: Pick<ApproverOverride, 'effectiveFrom' | 'effectiveTo'>;
}) {
  const t = useTranslations('overrides');
  return (
    <>
      <Time value={effectiveFrom} /> –{' '}
      {effectiveTo === null ? t('untilRevoked') : <Time value={effectiveTo} />}
    </>
  );
}
