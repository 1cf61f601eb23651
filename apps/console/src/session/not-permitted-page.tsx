import type { Permission } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { useWorkspace } from './use-workspace.ts';

/** In place of a page that the person's roles do not include. */
export function NotPermittedPage({ permission }: { readonly permission: Permission }) {
  const t = useTranslations('shell.notPermitted');
  const { workspace } = useWorkspace();
  return (
    <div className="mx-auto flex max-w-xl flex-col gap-3 p-6">
      <title>{`${t('title')} · APMS`}</title>
      <h1 className="text-xl font-semibold">{t('title')}</h1>
      <p>{t('text', { permission, workspace: workspace.name })}</p>
    </div>
  );
}
