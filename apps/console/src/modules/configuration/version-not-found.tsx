import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { buttonLooks } from '../../ui/button.tsx';
import { MissingPage } from '../../ui/missing-page.tsx';

/** In place of a version that is not there, or not in this workspace; of any other failure the usual page. */
export function VersionNotFound(props: ErrorComponentProps) {
  const t = useTranslations('configVersion');
  const { workspace } = useWorkspace();
  return (
    <MissingPage
      {...props}
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
  );
}
