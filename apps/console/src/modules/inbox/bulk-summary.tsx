import type { InboxTask } from '@apms/validators';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import type { BulkResult } from './approve-all.ts';

export interface BulkSummaryProps {
  readonly tasks: readonly InboxTask[];
  readonly results: ReadonlyMap<string, BulkResult>;
}

/** How many were approved, and of each of the others why not. */
export function BulkSummary({ tasks, results }: BulkSummaryProps) {
  const t = useTranslations('inbox.bulk.summary');
  const all = tasks.map((task) => ({ task, result: results.get(task.stageId) }));
  const approved = all.filter(({ result }) => result?.kind === 'approved').length;
  const unsent = all.filter(({ result }) => result === undefined).length;
  return (
    <div role="status" className="flex flex-col gap-3">
      <p className="font-medium">{t('approved', { count: approved })}</p>
      {(['conflict', 'failure'] as const).map((kind) => {
        const ones = all.flatMap(({ task, result }) =>
          result?.kind === kind ? [{ task, error: result.error }] : [],
        );
        return (
          ones.length > 0 && (
            <section key={kind} className="rounded-md bg-bad-soft p-3 text-sm">
              <h3 className="font-medium">
                {t(kind === 'conflict' ? 'conflicts' : 'failures', { count: ones.length })}
              </h3>
              <ul className="mt-1 flex max-h-[40dvh] flex-col gap-1.5 overflow-y-auto">
                {ones.map(({ task, error }) => (
                  <li key={task.stageId}>
                    <Unapproved task={task} error={error} />
                  </li>
                ))}
              </ul>
            </section>
          )
        );
      })}
      {unsent > 0 && <p>{t('rest', { count: unsent })}</p>}
    </div>
  );
}

function Unapproved({ task, error }: { readonly task: InboxTask; readonly error: unknown }) {
  const t = useTranslations('inbox');
  const errorText = useErrorText();
  const { workspace } = useWorkspace();
  return (
    <>
      <span className="font-medium">{t('name', task)}</span>: {errorText(error)}{' '}
      <Link
        className={textLinkLook}
        to="/w/$workspaceCode/workflows/$workflowId"
        params={{ workspaceCode: workspace.code, workflowId: task.workflowId }}
      >
        {t('bulk.timeline')}
      </Link>
    </>
  );
}
