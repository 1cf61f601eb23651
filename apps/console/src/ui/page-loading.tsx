import { useTranslations } from 'use-intl';

/** In place of a page that is being read for longer than a moment. */
export function PageLoading() {
  const t = useTranslations('common');
  return (
    <div role="status" className="flex flex-col gap-4 p-6">
      <h1 className="sr-only">{t('loading')}</h1>
      {['w-1/3 h-7', 'w-full h-24', 'w-full h-40', 'w-2/3 h-24'].map((size) => (
        <div key={size} className={`animate-pulse rounded-md bg-raised ${size}`} />
      ))}
    </div>
  );
}
