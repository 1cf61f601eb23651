import type { ApiKey } from '@apms/validators';
import { useMutation } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { List } from '../../ui/list.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { usePagedRows } from '../../ui/paged-rows.ts';
import { SelectFilter } from '../../ui/select-filter.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { apiKeyColumns } from './api-key-columns.tsx';
import { type ApiKeyFilters, apiKeysQuery } from './api-keys-query.ts';

// With its schemas, when it is first opened.
const ApiKeyDialog = lazy(async () => ({ default: (await import('./api-key-dialog.tsx')).ApiKeyDialog }));

export interface ApiKeysPageProps {
  readonly filters: ApiKeyFilters;
  readonly onFilter: (changed: ApiKeyFilters) => void;
}

/** Keys by which programs act for people in this workspace: one's own, and everybody's for administrators. */
export function ApiKeysPage({ filters, onFilter }: ApiKeysPageProps) {
  const t = useTranslations('apiKeys');
  const toast = useToast();
  const { can, ...api } = useWorkspace();
  const { client, queryClient, trpc } = api;
  const rows = usePagedRows(apiKeysQuery(api, filters));
  const isEverybody = filters.owner === 'EVERYBODY';
  const [isMaking, setIsMaking] = useState(false);
  const [ended, setEnded] = useState<ApiKey | null>(null);
  const columns = useMemo(() => apiKeyColumns({ t, isEverybody, onRevoke: setEnded }), [t, isEverybody]);
  const revoke = useMutation({
    mutationFn: ({ id }: ApiKey) => client.apiKeys.revoke.mutate({ apiKeyId: id }),
    onSuccess: async ({ name }) => {
      await queryClient.invalidateQueries(trpc.apiKeys.pathFilter());
      setEnded(null);
      toast(t('revoke.done', { name }));
    },
  });
  const make = (
    <Button look="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setIsMaking(true)}>
      {t('create.open')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={make} />
      {can('members.manage') && (
        <FilterBar filters={filters} onFilter={onFilter}>
          <SelectFilter
            label={t('filters.owner')}
            allLabel={t('filters.mine')}
            value={filters.owner}
            options={[{ value: 'EVERYBODY', label: t('filters.everybody') }]}
            onSelect={(owner) => onFilter({ owner })}
          />
        </FilterBar>
      )}
      <List
        label={t('title')}
        columns={columns}
        rows={rows}
        empty={{ icon: KeyRound, title: t('empty.title'), text: t('empty.text'), action: make }}
      />
      {isMaking && (
        <Suspense>
          <ApiKeyDialog onClose={() => setIsMaking(false)} />
        </Suspense>
      )}
      {ended !== null && (
        <ConfirmDialog
          isOpen
          onClose={() => {
            setEnded(null);
            revoke.reset();
          }}
          onConfirm={() => revoke.mutate(ended)}
          title={t('revoke.title', { name: ended.name })}
          description={t('revoke.about', { start: ended.start })}
          confirmLabel={t('revoke.open')}
          isDangerous
          isBusy={revoke.isPending}
          error={revoke.error}
        />
      )}
    </>
  );
}
