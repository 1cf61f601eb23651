import type { InboxTask } from '@apms/validators';
import { Keyboard } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { isFiltered } from '../../ui/is-filtered.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { usePagedRows } from '../../ui/paged-rows.ts';
import type { Selection } from '../../ui/table-columns.ts';
import { useLoadOnIntent } from '../../ui/use-load-on-intent.ts';
import { useMediaQuery } from '../../ui/use-media-query.ts';
import { inboxColumns } from './inbox-columns.tsx';
import { InboxEmpty } from './inbox-empty.tsx';
import { InboxFilterBar } from './inbox-filter-bar.tsx';
import { type InboxFilters, inboxQuery } from './inbox-query.ts';
import { SelectionBar } from './selection-bar.tsx';
import { decisionOfKey, loadDecide, useDecide } from './use-decide.tsx';
import { useLiveInbox } from './use-live-inbox.ts';
import { useOpenedStage } from './use-opened-stage.ts';

const loadHelp = async () => ({ default: (await import('./help-dialog.tsx')).HelpDialog });
const loadBulk = async () => ({ default: (await import('./bulk-dialog.tsx')).BulkDialog });
const HelpDialog = lazy(loadHelp);
const BulkDialog = lazy(loadBulk);

export interface InboxPageProps {
  readonly filters: InboxFilters;
  readonly onFilter: (changed: InboxFilters) => void;
  /** The stage that is opened, if one is. */
  readonly children: ReactNode;
}

/** What the keys open has to be there at once. */
const loadOnIntent = [loadDecide, loadBulk, loadHelp];

const idOf = ({ stageId }: InboxTask) => stageId;

/** From the list into the stage beside it. */
function focusOpened(): void {
  document.querySelector<HTMLElement>('#opened-stage')?.focus();
}

/** What awaits the person, the most urgent first: decided from the list, or from a stage opened beside it. */
export function InboxPage({ filters, onFilter, children }: InboxPageProps) {
  const t = useTranslations('inbox');
  const api = useWorkspace();
  const rows = usePagedRows(inboxQuery(api, filters));
  const isWide = useMediaQuery('(width >= 64rem)');
  const { stageId, open, near } = useOpenedStage(isWide);
  const { open: decide, dialog } = useDecide();
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const [selection, setSelection] = useState<Selection>({});
  const reach = useRef(0);
  const live = useLiveInbox(filters, () => {
    const held = rows.items.findLastIndex(
      (task) => task.stageId === stageId || selection[task.stageId] === true,
    );
    return Math.max(reach.current, held) + 1;
  });
  const [bulk, setBulk] = useState<readonly InboxTask[] | null>(null);
  useLoadOnIntent(loadOnIntent);
  const isNarrow = stageId !== undefined || !isWide;
  const columns = useMemo(
    () => inboxColumns({ t, isNarrow, onDecide: (task) => decide(task, 'APPROVE') }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `decide` only sets a state
    [t, isNarrow],
  );
  const nameOf = useCallback((task: InboxTask) => t('name', task), [t]);
  const selected = rows.items.filter((task) => selection[task.stageId] === true);

  function onKey(task: InboxTask, key: string): boolean {
    const decision = decisionOfKey[key];
    if (decision !== undefined) decide(task, decision);
    else if (key === '?') setIsHelpOpen(true);
    else if (key === 'Escape' && stageId !== undefined) open(null);
    else return false;
    return true;
  }

  const counted = { count: rows.items.length, more: String(rows.hasMore) };
  const isListShown = isWide || stageId === undefined;
  return (
    <>
      <title>{rows.items.length > 0 ? t('tab', counted) : `${t('title')} · APMS`}</title>
      {isListShown && (
        <>
          <PageHeader
            title={<>{t('title')}</>}
            about={rows.items.length > 0 ? t('count', counted) : undefined}
            actions={
              <span className="pointer-coarse:hidden">
                <Button
                  icon={<Keyboard aria-hidden className="size-4" />}
                  onClick={() => setIsHelpOpen(true)}
                >
                  {t('keys')}
                </Button>
              </span>
            }
          />
          <InboxFilterBar filters={filters} onFilter={onFilter} />
        </>
      )}
      <p
        role="status"
        className={live === 'reconnecting' ? 'mb-3 rounded-md bg-warn-soft p-3 text-sm' : 'sr-only'}
      >
        {live === 'reconnecting' && t('reconnecting')}
      </p>
      <div
        className={
          stageId !== undefined && isWide ? 'grid grid-cols-[minmax(22rem,2fr)_3fr] items-start gap-5' : ''
        }
      >
        {isListShown &&
          (rows.items.length > 0 ? (
            <DataTable
              label={t('label')}
              columns={columns}
              rows={rows}
              idOf={idOf}
              nameOf={nameOf}
              openId={stageId}
              onOpen={(task) => (task.stageId === stageId ? focusOpened() : open(task))}
              onNear={near}
              reach={reach}
              selection={selection}
              onSelectionChange={setSelection}
              onKey={onKey}
            />
          ) : (
            <InboxEmpty isFiltered={isFiltered(filters)} />
          ))}
        {children}
      </div>
      {selected.length > 0 && isListShown && (
        <SelectionBar
          count={selected.length}
          onApprove={() => setBulk(selected)}
          onClear={() => setSelection({})}
        />
      )}
      {dialog}
      <Suspense>
        {isHelpOpen && <HelpDialog onClose={() => setIsHelpOpen(false)} />}
        {bulk !== null && (
          <BulkDialog
            tasks={bulk}
            onClose={(approved) => {
              setBulk(null);
              if (approved > 0) setSelection({});
            }}
          />
        )}
      </Suspense>
    </>
  );
}
