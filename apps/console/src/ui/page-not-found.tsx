import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonLooks } from './button.tsx';

/** In place of a page that does not exist. */
export function PageNotFound() {
  const t = useTranslations('common.notFound');
  return (
    <div className="mx-auto flex max-w-xl flex-col items-start gap-3 p-6">
      <title>{`${t('title')} · APMS`}</title>
      <h1 className="text-xl font-semibold">{t('title')}</h1>
      <p>{t('text')}</p>
      <Link to="/" className={buttonLooks.primary}>
        {t('home')}
      </Link>
    </div>
  );
}
