import type { RoutingPreview } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useValueText } from '../../ui/use-value-text.ts';
import { VersionLink } from '../configuration/version-link.tsx';
import { RoutedStageItem } from './routed-stage-item.tsx';

/** Which policy applies and why, and who would decide. */
export function RoutingAnswer({ preview }: { readonly preview: RoutingPreview }) {
  const t = useTranslations('routingPreview');
  const valueText = useValueText();
  const { policy, configVersion, clusterCode, region, stages } = preview;
  const isTogether = (stageNumber: number) =>
    stages.filter((stage) => stage.stageNumber === stageNumber).length > 1;
  return (
    <div className="flex flex-col gap-5">
      <Panel title={t('result')}>
        <Facts>
          <Fact name={t('policy')}>{policy.policyName}</Fact>
          <Fact name={t('foundBy')}>{valueText('PolicyMatch', policy.matchedBy)}</Fact>
          <Fact name={t('version')}>
            <VersionLink version={{ ...configVersion, sourceType: 'APPROVAL_MATRIX' }} />
          </Fact>
          <Fact name={t('cluster')}>{clusterCode ?? t('noCluster')}</Fact>
          {region !== null && <Fact name={t('region')}>{region}</Fact>}
          <Fact name={t('sla')}>{t('hours', { hours: hoursOf(preview) })}</Fact>
        </Facts>
      </Panel>
      <Panel title={t('chain')}>
        <ol className="flex flex-col gap-3">
          {stages.map((stage) => (
            <RoutedStageItem
              key={`${stage.stageNumber} ${stage.roleCode}`}
              stage={stage}
              isTogether={isTogether(stage.stageNumber)}
            />
          ))}
        </ol>
      </Panel>
    </div>
  );
}

/** Stages of one number run at the same time: the longest of them counts. Skipped ones take none. */
function hoursOf({ stages }: RoutingPreview): number {
  const longest = new Map<number, number>();
  for (const { stageNumber, slaHours, approver } of stages) {
    if (approver !== null) longest.set(stageNumber, Math.max(longest.get(stageNumber) ?? 0, slaHours));
  }
  return [...longest.values()].reduce((sum, hours) => sum + hours, 0);
}
