import { isAppError } from '@apms/client';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { FileQuestion } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { buttonLooks } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageError } from '../../ui/page-error.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

/** In place of a version that is not there, or not in this workspace; of any other failure the usual page. */
export function VersionNotFound(props: ErrorComponentProps) {
  const t = useTranslations('configVersion');
  const tVersions = useTranslations('configuration');
  const { workspace } = useWorkspace();
  if (!isAppError(props.error, 'ENTITY_NOT_FOUND')) return <PageError {...props} />;
  return (
    <>
      <PageHeader title={tVersions('title')} />
      <EmptyState
        icon={<FileQuestion aria-hidden className="size-8" />}
        title={t('gone.title')}
        text={t('gone.text')}
        action={
          <Link
            to="/w/$workspaceCode/configuration"
            params={{ workspaceCode: workspace.code }}
            className={buttonLooks.primary}
          >
            {t('all')}
          </Link>
        }
      />
    </>
  );
}
