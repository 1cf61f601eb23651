import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../session/use-workspace.ts';
import { buttonLooks } from './button.tsx';
import { MissingPage } from './missing-page.tsx';

/** The `errorComponent` of a page about one of the things of a list: says when the workspace has none with this id. */
export function notInWorkspace(list: `/w/$workspaceCode/${'submissions' | 'workflows' | 'punchlists'}`) {
  return function NotInWorkspace(props: ErrorComponentProps) {
    const t = useTranslations('common.notInWorkspace');
    const { workspace } = useWorkspace();
    return (
      <MissingPage
        {...props}
        title={t('title')}
        text={t('text', { workspace: workspace.name })}
        action={
          <Link to={list} params={{ workspaceCode: workspace.code }} className={buttonLooks.primary}>
            {t('list')}
          </Link>
        }
      />
    );
  };
}
