import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { ErrorNote } from './error-note.tsx';
import type { PagedRows } from './paged-rows.ts';

/** Below a list: how much of it was read, and the way to more of it for those who do not scroll. */
export function DataTableFooter<Item>({ rows }: { readonly rows: PagedRows<Item> }) {
  const t = useTranslations('common');
  const { items, hasMore, loadMore, isLoadingMore, error, retry } = rows;
  if (error !== null) {
    return (
      <div className="border-t border-line p-3">
        <ErrorNote error={error}>
          <Button look="ghost" onClick={retry}>
            {t('retry')}
          </Button>
        </ErrorNote>
      </div>
    );
  }
  return (
    <div className="flex min-h-11 flex-wrap items-center justify-center gap-3 border-t border-line px-3 py-1 text-sm text-quiet print:hidden">
      <span>{t(hasMore ? 'rowsSoFar' : 'rowsInAll', { count: items.length })}</span>
      {hasMore && (
        <Button look="ghost" isBusy={isLoadingMore} onClick={loadMore}>
          {t(isLoadingMore ? 'loadingMore' : 'loadMore')}
        </Button>
      )}
    </div>
  );
}
