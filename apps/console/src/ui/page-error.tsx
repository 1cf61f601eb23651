import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { RotateCw } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { NotPermitted } from '../session/enter-workspace.ts';
import { NotPermittedPage } from '../session/not-permitted-page.tsx';
import { Button } from './button.tsx';
import { useErrorText } from './use-error-text.ts';

/** In place of a page that could not be read, with a way to try again. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const t = useTranslations('common');
  const errorText = useErrorText();
  const router = useRouter();
  const boundary = useQueryErrorResetBoundary();
  if (error instanceof NotPermitted) return <NotPermittedPage permission={error.permission} />;
  return (
    <div role="alert" className="mx-auto flex max-w-xl flex-col items-start gap-3 p-6">
      <title>{`${t('error.title')} · APMS`}</title>
      <h1 className="text-xl font-semibold">{t('error.title')}</h1>
      <p>{errorText(error)}</p>
      <Button
        look="primary"
        icon={<RotateCw aria-hidden className="size-4" />}
        onClick={() => {
          boundary.reset();
          reset();
          void router.invalidate();
        }}
      >
        {t('retry')}
      </Button>
    </div>
  );
}
