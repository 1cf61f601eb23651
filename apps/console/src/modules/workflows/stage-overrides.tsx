import type { StageOverride } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Time } from '../../ui/time.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { ValueText } from '../../ui/value-text.tsx';

/** Overrides that were asked for the stage or changed it. */
export function StageOverrides({ overrides }: { readonly overrides: readonly StageOverride[] }) {
  const t = useTranslations('workflows');
  return overrides.map((override) => (
    <div key={override.id} className="mt-3 rounded-md bg-raised p-2.5 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium">
          {t('override')} (<ValueText set="OverrideType" value={override.overrideType} />)
        </span>
        <ValueBadge set="OverrideApprovalStatus" value={override.approvalStatus} />
      </p>
      <p>
        {override.fromUser === null
          ? t('overrideTo', { to: override.toUser.name })
          : t('overrideFromTo', { from: override.fromUser.name, to: override.toUser.name })}{' '}
        {t('askedBy', { name: override.requestedBy.name, reason: override.reason })}
      </p>
      {override.approvedBy !== null && override.approvedAt !== null && (
        <p className="text-quiet">
          {t('judgedBy', { name: override.approvedBy.name })} <Time value={override.approvedAt} />
        </p>
      )}
    </div>
  ));
}
