import { createFileRoute, useRouter } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { SignInForm } from '../session/sign-in-form.tsx';

/** Only a path of this console: a link cannot lead people elsewhere after they signed in. */
function readSearch({ next }: Record<string, unknown>): { next?: string | undefined } {
  const isOurs = typeof next === 'string' && next.startsWith('/') && !/^\/[/\\]/.test(next);
  // Said even when it is not: what is left out here would stay as it came.
  return { next: isOurs ? next : undefined };
}

export const Route = createFileRoute('/sign-in')({
  validateSearch: readSearch,
  component: SignInPage,
});

function SignInPage() {
  const t = useTranslations('session');
  const router = useRouter();
  const { session } = Route.useRouteContext();
  const { next = '/' } = Route.useSearch();
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-6 p-6">
      <title>{t('title')}</title>
      <div className="flex items-center gap-3">
        <img src="/icon.svg" alt="" className="size-10" />
        <h1 className="text-xl font-semibold">{t('title')}</h1>
      </div>
      <SignInForm
        onSignedIn={() => {
          session.queryClient.clear();
          router.history.replace(next);
        }}
      />
    </main>
  );
}
