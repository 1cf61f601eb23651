import type { DeploymentReport, HookRun } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Badge } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SmallTable } from '../../ui/small-table.tsx';
import { useDuration } from '../../ui/use-duration.ts';

/** The commands that the environment had run around the deployment. */
export function HooksPanel({ hooks }: Pick<DeploymentReport, 'hooks'>) {
  const t = useTranslations('deployments');
  const duration = useDuration();
  if (hooks.length === 0) return null;
  return (
    <Panel title={t('sections.hooks')}>
      <SmallTable
        caption={t('hooks.caption')}
        columns={[
          { head: t('hooks.command') },
          { head: t('hooks.phase') },
          { head: t('result') },
          { head: t('facts.duration'), align: 'right' },
        ]}
        rows={hooks.map((hook) => ({
          id: `${hook.command} ${hook.startedAt}`,
          cells: [
            <code key="command" className="text-xs">
              {hook.command}
            </code>,
            hook.phase,
            <Result key="result" hook={hook} />,
            duration(hook.durationMs),
          ],
        }))}
      />
    </Panel>
  );
}

function Result({ hook: { exitCode, timedOut } }: { readonly hook: HookRun }) {
  const t = useTranslations('deployments.hooks');
  if (timedOut) return <Badge tone="bad">{t('tookTooLong')}</Badge>;
  if (exitCode === 0) return <Badge tone="good">{t('passed')}</Badge>;
  return <Badge tone="bad">{exitCode === null ? t('notEnded') : t('exited', { code: exitCode })}</Badge>;
}
