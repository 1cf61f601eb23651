import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonLooks } from '../ui/button.tsx';
import type { SignedIn } from './enter-workspace.ts';

/** In place of a workspace that the person is not a member of, if there is one at all; and of any. */
export function NoWorkspace({ me, code }: { readonly me: SignedIn; readonly code?: string }) {
  const t = useTranslations('session');
  const isNamed = code !== undefined && me.workspaces.length > 0;
  const title = t(isNamed ? 'workspaceNotFound.title' : 'noWorkspace.title');
  return (
    <main className="mx-auto flex max-w-xl flex-col items-start gap-4 p-6">
      <title>{`${title} · APMS`}</title>
      <h1 className="text-xl font-semibold">{title}</h1>
      <p>
        {isNamed
          ? t('workspaceNotFound.text', { code, email: me.email })
          : t('noWorkspace.text', { email: me.email })}
      </p>
      <ul className="flex flex-col gap-2">
        {me.workspaces.map((workspace) => (
          <li key={workspace.id}>
            <Link
              to="/w/$workspaceCode"
              params={{ workspaceCode: workspace.code }}
              className={buttonLooks.secondary}
            >
              {workspace.name}
            </Link>
          </li>
        ))}
      </ul>
    </main>
  );
}
