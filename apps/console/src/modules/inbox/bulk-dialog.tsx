import type { InboxTask } from '@apms/validators';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { approveAll, type BulkResult } from './approve-all.ts';
import { BulkSummary } from './bulk-summary.tsx';

export interface BulkDialogProps {
  readonly tasks: readonly InboxTask[];
  /** With how many were approved. */
  readonly onClose: (approved: number) => void;
}

const MOST_CHARACTERS = 4_000;

/** Approves several stages with one comment, and says what became of each. */
export function BulkDialog({ tasks, onClose }: BulkDialogProps) {
  const t = useTranslations('inbox.bulk');
  const tCommon = useTranslations('common');
  const { client, queryClient, trpc } = useWorkspace();
  const [comment, setComment] = useState('');
  const [results, setResults] = useState<ReadonlyMap<string, BulkResult>>(new Map());
  const [stop, setStop] = useState<AbortController | null>(null);
  const [keys] = useState(() => new Map(tasks.map(({ stageId }) => [stageId, crypto.randomUUID()])));
  const isRunning = stop !== null;
  const hasBegun = isRunning || results.size > 0;
  const failed = tasks.filter(({ stageId }) => results.get(stageId)?.kind === 'failure');
  const unsent = tasks.filter(({ stageId }) => !results.has(stageId));

  async function run(chosen: readonly InboxTask[]): Promise<void> {
    const controller = new AbortController();
    setStop(controller);
    const stageIds = chosen.map(({ stageId }) => stageId);
    setResults((all) => new Map([...all].filter(([stageId]) => !stageIds.includes(stageId))));
    await approveAll({
      client,
      stageIds,
      comment: comment.trim() === '' ? null : comment.trim(),
      keyOf: (stageId) => keys.get(stageId) ?? stageId,
      signal: controller.signal,
      onResult: (stageId, result) => setResults((all) => new Map([...all, [stageId, result]])),
    });
    setStop(null);
    await queryClient.invalidateQueries(trpc.workflows.pathFilter());
  }

  const approved = [...results.values()].filter(({ kind }) => kind === 'approved').length;
  const again = [...failed, ...unsent];
  return (
    <Dialog
      isOpen
      isBinding={isRunning}
      onClose={() => onClose(approved)}
      title={t('title', { count: tasks.length })}
      description={hasBegun ? undefined : t('hint')}
    >
      <div className="flex flex-col gap-4">
        {!hasBegun && (
          <Field label={t('comment')} isOptional>
            <textarea
              rows={3}
              autoFocus
              maxLength={MOST_CHARACTERS}
              value={comment}
              onChange={({ target }) => setComment(target.value)}
            />
          </Field>
        )}
        {isRunning && (
          <div className="flex flex-col gap-1.5">
            <progress
              aria-label={t('running')}
              className="h-2 w-full accent-accent"
              max={tasks.length}
              value={results.size}
            />
            <p role="status" className="text-sm text-quiet">
              {t('running')} {t('progress', { done: results.size, total: tasks.length })}
            </p>
          </div>
        )}
        {hasBegun && !isRunning && <BulkSummary tasks={tasks} results={results} />}
        <div className="flex flex-wrap justify-end gap-2">
          {isRunning ? (
            <Button onClick={() => stop.abort()}>{t('stop')}</Button>
          ) : (
            <Button onClick={() => onClose(approved)}>{tCommon(hasBegun ? 'close' : 'cancel')}</Button>
          )}
          {!hasBegun && (
            <Button look="primary" onClick={() => void run(tasks)}>
              {t('approve', { count: tasks.length })}
            </Button>
          )}
          {hasBegun && !isRunning && again.length > 0 && (
            <Button look="primary" onClick={() => void run(again)}>
              {t('retry', { count: again.length })}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
