import type { OrphanRow, RemediationAction } from '@apms/validators';
import { ArchiveX, Link2, ShieldCheck } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { usePagedRows } from '../../ui/paged-rows.ts';
import type { Selection } from '../../ui/table-columns.ts';
import { orphanColumns } from './orphan-columns.tsx';
import { orphansQuery } from './orphans-query.ts';
import { RowDialog } from './row-dialog.tsx';
import { WaysPanel } from './ways-panel.tsx';

// With its schemas, when it is first opened.
const RemediateDialog = lazy(async () => ({
  default: (await import('./remediate-dialog.tsx')).RemediateDialog,
}));

/** The API takes no more at once. */
const MOST = 500;

export interface OrphansPageProps {
  /** The audit that found them. */
  readonly auditId: string;
  readonly constraintName: string;
}

/** Orphans of one foreign key: looked at, linked anew or set aside. */
export function OrphansPage({ auditId, constraintName }: OrphansPageProps) {
  const t = useTranslations('remediation');
  const tCommon = useTranslations('common');
  const api = useWorkspace();
  const rows = usePagedRows(orphansQuery(api, constraintName));
  const [preview] = rows.pages;
  const keys = preview?.columns;
  const columns = useMemo(() => orphanColumns(t, keys ?? []), [t, keys]);
  const [selection, setSelection] = useState<Selection>({});
  const [opened, setOpened] = useState<OrphanRow | null>(null);
  const [action, setAction] = useState<RemediationAction | null>(null);
  if (preview === undefined) return null;
  const { table, columns: own, referencedTable } = preview;
  const chosen = rows.items.filter(({ rowId }) => selection[rowId]).map(({ rowId }) => rowId);
  const canAct = chosen.length > 0 && chosen.length <= MOST;
  return (
    <>
      <BackLink
        to="/w/$workspaceCode/integrity/$auditId"
        params={{ workspaceCode: api.workspace.code, auditId }}
      >
        {t('back')}
      </BackLink>
      <PageHeader
        title={t('title', { key: constraintName })}
        about={t('about', { table, columns: own.join(', '), referenced: referencedTable })}
      />
      <div className="flex flex-col gap-5">
        <WaysPanel preview={preview} />
        {rows.items.length === 0 ? (
          <EmptyState icon={ShieldCheck} title={t('empty.title')} text={t('empty.text')} />
        ) : (
          <section>
            <div className="mb-3 flex flex-wrap items-center gap-2">
              <p role="status" className="mr-auto text-sm text-quiet">
                {chosen.length > MOST
                  ? t('tooMany', { most: MOST })
                  : tCommon('selected', { count: chosen.length })}
              </p>
              <Button
                icon={<Link2 aria-hidden className="size-4" />}
                disabled={!canAct || preview.relinkRefusal !== null}
                onClick={() => setAction('relink')}
              >
                {t('ways.relink')}
              </Button>
              <Button
                icon={<ArchiveX aria-hidden className="size-4" />}
                disabled={!canAct || preview.quarantineRefusal !== null}
                onClick={() => setAction('quarantine')}
              >
                {t('ways.quarantine')}
              </Button>
            </div>
            <DataTable
              label={t('list')}
              columns={columns}
              rows={rows}
              idOf={({ rowId }) => rowId}
              nameOf={({ rowId }) => rowId}
              selection={selection}
              onSelectionChange={setSelection}
              onOpen={setOpened}
            />
          </section>
        )}
      </div>
      {opened !== null && <RowDialog rowId={opened.rowId} row={opened.row} onClose={() => setOpened(null)} />}
      {action !== null && (
        <Suspense>
          <RemediateDialog
            auditId={auditId}
            action={action}
            preview={preview}
            rowIds={chosen}
            onClose={() => setAction(null)}
            onDone={() => {
              setSelection({});
              setAction(null);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
