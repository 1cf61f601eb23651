import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';

/** Why nothing can be submitted yet, and who can do something about it. */
export function NoActiveConfiguration() {
  const t = useTranslations('submissions.noConfiguration');
  const { can } = useWorkspace();
  return (
    <div role="alert" className="flex flex-col gap-2 rounded-md bg-warn-soft p-3 text-sm">
      <p className="font-medium">{t('title')}</p>
      <p>{t(can('config.import') ? 'importIt' : 'askForIt')}</p>
    </div>
  );
}
