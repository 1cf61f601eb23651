import type { ApproverOverride } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Time } from '../../ui/time.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { OverridePeriod } from './override-period.tsx';
import { OverrideTarget } from './override-target.tsx';

/** Everything that is known of an override. */
export function OverrideFacts({ override }: { readonly override: ApproverOverride }) {
  const t = useTranslations('overrides');
  return (
    <Facts>
      <Fact name={t('fields.status')}>
        <ValueBadge set="OverrideApprovalStatus" value={override.approvalStatus} />
      </Fact>
      <Fact name={t('fields.to')}>{override.toUser.name}</Fact>
      <Fact name={t('fields.from')}>{override.fromUser?.name ?? t('anybody')}</Fact>
      <Fact name={t('fields.target')}>
        <OverrideTarget override={override} />
      </Fact>
      <Fact name={t('fields.seat')}>{override.roleCode ?? t('everySeat')}</Fact>
      <Fact name={t('fields.period')}>
        <OverridePeriod override={override} />
      </Fact>
      <Fact name={t('fields.reason')}>{override.reason}</Fact>
      <Fact name={t('fields.requestedBy')}>
        {override.requestedBy.name} <Time value={override.createdAt} />
      </Fact>
      {override.approvedBy !== null && override.approvedAt !== null && (
        <Fact name={t('fields.judgedBy')}>
          {override.approvedBy.name} <Time value={override.approvedAt} />
        </Fact>
      )}
    </Facts>
  );
}
