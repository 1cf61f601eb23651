import type { InboxTask } from '@apms/validators';
import type { useTranslations } from 'use-intl';
import { type Column, columnsOf } from '../../ui/table-columns.ts';
import { useValueText } from '../../ui/use-value-text.ts';
import { DueTime } from './due-time.tsx';

const { display } = columnsOf<InboxTask>();

export interface InboxColumnsOptions {
  readonly t: ReturnType<typeof useTranslations<'inbox'>>;
  /** Beside an opened stage there is room for two columns, on a phone for no more either. */
  readonly isNarrow: boolean;
  readonly onDecide: (task: InboxTask) => void;
}

export function inboxColumns({ t, isNarrow, onDecide }: InboxColumnsOptions): Column<InboxTask>[] {
  const site = display({
    id: 'site',
    header: t('columns.site'),
    cell: ({ row: { original: task } }) => (
      <>
        <span className="font-medium">{task.siteCode}</span>
        <span className="block truncate text-quiet">{task.siteName}</span>
        <span className={`block text-quiet ${isNarrow ? '' : 'md:hidden'}`}>
          {task.scopeCode} · {task.roleCode} · <StageNumber t={t} task={task} />
        </span>
      </>
    ),
  });
  const due = display({
    id: 'due',
    header: t('columns.due'),
    cell: ({ row: { original: task } }) => <DueTime {...task} />,
    meta: { width: isNarrow ? 'w-2/5' : 'w-1/4' },
  });
  if (isNarrow) return [site, due];
  return [
    site,
    display({
      id: 'scope',
      header: t('columns.scope'),
      cell: ({ row: { original: task } }) => (
        <>
          {task.scopeCode}
          <span className="block text-quiet">
            <Category task={task} />
          </span>
        </>
      ),
      meta: { hideBelow: 'md' },
    }),
    display({
      id: 'seat',
      header: t('columns.seat'),
      cell: ({ row: { original: task } }) => (
        <>
          {task.roleCode}
          <span className="block text-quiet">
            <StageNumber t={t} task={task} />
          </span>
        </>
      ),
      meta: { hideBelow: 'md' },
    }),
    due,
    display({
      id: 'decide',
      header: () => <span className="sr-only">{t('columns.decide')}</span>,
      cell: ({ row: { original: task } }) => (
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('decideOn', { siteCode: task.siteCode })}
          className="min-h-8 rounded-md border border-field-line px-2.5 py-1 font-medium hover:bg-raised"
          onClick={() => onDecide(task)}
        >
          {t('columns.decide')}
        </button>
      ),
      meta: { width: 'w-28', hideBelow: 'md', align: 'right' },
    }),
  ];
}

interface OfTask {
  readonly task: InboxTask;
}

function StageNumber({ t, task }: OfTask & Pick<InboxColumnsOptions, 't'>) {
  return t('stage', { number: task.stageNumber, total: task.totalStages });
}

function Category({ task }: OfTask) {
  const valueText = useValueText();
  return valueText('AtpCategory', task.atpCategory);
}
