import type { DeploymentReport } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Panel } from '../../ui/panel.tsx';
import { Timeline } from '../../ui/timeline.tsx';

/** Every step of a deployment, in its order; `rollback` only where something went wrong. */
const STEPS = ['plan', 'lock', 'backup', 'rehearse', 'gate', 'migrate', 'verify', 'smoke', 'finish'];

/** When each step ran and how it ended, and the steps that were not reached. */
export function StepsPanel({ report }: { readonly report: DeploymentReport }) {
  const t = useTranslations('deployments');
  const { steps, startedAt, command, outcome } = report;
  if (steps.length === 0) return null;
  const begin = Date.parse(startedAt);
  const isWhole = command !== 'deploy' || outcome === 'nothing-to-do';
  const notReached = isWhole ? [] : STEPS.filter((name) => !steps.some((step) => step.name === name));
  return (
    <Panel title={t('sections.steps')}>
      <Timeline
        caption={t('steps.caption')}
        heads={{ name: t('steps.step'), result: t('result'), text: t('steps.says') }}
        bars={steps.map((step) => ({
          id: `${step.name} ${step.startedAt}`,
          name: step.name,
          isGood: step.status === 'done' && step.passed,
          result: t(step.status === 'done' && !step.passed ? 'steps.notPassed' : `steps.${step.status}`),
          startMs: Math.max(0, Date.parse(step.startedAt) - begin),
          durationMs: step.durationMs,
          text: step.summary,
        }))}
      />
      {notReached.length > 0 && (
        <p className="mt-3 text-sm">{t('steps.notReached', { steps: notReached.join(', ') })}</p>
      )}
    </Panel>
  );
}
