import type { RoutedStage } from '@apms/validators';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Badge } from '../../ui/badge.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';

export interface RoutedStageItemProps {
  readonly stage: RoutedStage;
  /** Whether others have its number, and are open with it. */
  readonly isTogether: boolean;
}

/** One stage of a chain: who would decide it, why they, and in what time. */
export function RoutedStageItem({ stage, isTogether }: RoutedStageItemProps) {
  const t = useTranslations('routingPreview');
  const { approver, stageNumber, roleName, roleCode, slaHours, isRequired } = stage;
  return (
    <li className="grid gap-x-6 gap-y-1 rounded-md border border-line p-3 sm:grid-cols-[12rem_1fr_auto]">
      <div>
        <p className="font-semibold">{t('stage', { number: stageNumber })}</p>
        <p className="text-quiet">{roleName === roleCode ? roleName : `${roleName} (${roleCode})`}</p>
        {isTogether && <p className="text-sm text-quiet">{t('together')}</p>}
      </div>
      {approver === null ? (
        <p className="text-quiet">{t('nobody')}</p>
      ) : (
        <div>
          <p className="flex flex-wrap items-center gap-2">
            <span className="font-medium">{approver.name}</span>
            <ValueBadge set="ApproverSource" value={approver.source} />
            {approver.status !== 'ACTIVE' && <ValueBadge set="UserStatus" value={approver.status} />}
          </p>
          <p className="text-sm text-quiet">
            {t(`why.${approver.source}`)}
            {approver.insteadOfId !== null && <InsteadOf userId={approver.insteadOfId} />}
          </p>
          {approver.status === 'PENDING' && <p className="text-sm text-quiet">{t('pending')}</p>}
        </div>
      )}
      <div className="flex flex-wrap items-start gap-2 sm:flex-col sm:items-end">
        <span className="text-sm whitespace-nowrap">{t('hours', { hours: slaHours })}</span>
        {!isRequired && <Badge>{t('optional')}</Badge>}
      </div>
    </li>
  );
}

function InsteadOf({ userId }: { readonly userId: string }) {
  const t = useTranslations('routingPreview');
  const { trpc, can } = useWorkspace();
  const { data } = useQuery(trpc.users.get.queryOptions({ userId }, { enabled: can('members.read') }));
  return data === undefined ? null : <> {t('insteadOf', { name: data.name })}</>;
}
