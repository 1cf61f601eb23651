import type { ApiKey } from '@apms/validators';
import { useNow, type useTranslations } from 'use-intl';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { type Column, columnsOf } from '../../ui/table-columns.ts';
import { Time } from '../../ui/time.tsx';

const { display } = columnsOf<ApiKey>();
const DAY_MS = 24 * 60 * 60 * 1000;
/** When it is time to make the next one. */
const SOON_MS = 14 * DAY_MS;

export interface ApiKeyColumnsOptions {
  readonly t: ReturnType<typeof useTranslations<'apiKeys'>>;
  readonly isEverybody: boolean;
  readonly onRevoke: (apiKey: ApiKey) => void;
}

export function apiKeyColumns({ t, isEverybody, onRevoke }: ApiKeyColumnsOptions): Column<ApiKey>[] {
  const owner = display({
    id: 'owner',
    header: t('columns.owner'),
    cell: ({ row: { original: apiKey } }) => apiKey.userName,
  });
  return [
    display({
      id: 'name',
      header: t('columns.name'),
      cell: ({ row: { original: apiKey } }) => (
        <>
          <span className="font-medium">{apiKey.name}</span>
          <br />
          <code className="text-quiet">{apiKey.start}…</code>
        </>
      ),
    }),
    ...(isEverybody ? [owner] : []),
    display({
      id: 'expires',
      header: t('columns.expires'),
      cell: ({ row: { original: apiKey } }) => <Expiry expiresAt={apiKey.expiresAt} t={t} />,
    }),
    display({
      id: 'used',
      header: t('columns.used'),
      cell: ({ row: { original: apiKey } }) =>
        apiKey.lastUsedAt === null ? (
          <span className="text-quiet">{t('neverUsed')}</span>
        ) : (
          <Time value={apiKey.lastUsedAt} format="relative" />
        ),
      meta: { hideBelow: 'md' },
    }),
    display({
      id: 'created',
      header: t('columns.created'),
      cell: ({ row: { original: apiKey } }) => <Time value={apiKey.createdAt} format="date" />,
      meta: { width: 'w-36', hideBelow: 'lg' },
    }),
    display({
      id: 'revoke',
      header: () => <span className="sr-only">{t('revoke.open')}</span>,
      cell: ({ row: { original: apiKey } }) => (
        <Button
          look="ghost"
          aria-label={t('revoke.openNamed', { name: apiKey.name })}
          onClick={() => onRevoke(apiKey)}
        >
          {t('revoke.open')}
        </Button>
      ),
      meta: { width: 'w-28', align: 'right' },
    }),
  ];
}

function Expiry({
  expiresAt,
  t,
}: {
  readonly expiresAt: string | null;
  readonly t: ApiKeyColumnsOptions['t'];
}) {
  const now = useNow();
  if (expiresAt === null) return t('neverExpires');
  const leftMs = Date.parse(expiresAt) - now.getTime();
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Time value={expiresAt} format="date" />
      {leftMs <= 0 ? (
        <Badge tone="bad">{t('expired')}</Badge>
      ) : (
        leftMs < SOON_MS && <Badge tone="warn">{t('expiresSoon')}</Badge>
      )}
    </span>
  );
}
