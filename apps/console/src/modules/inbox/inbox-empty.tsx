import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Inbox } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { Time } from '../../ui/time.tsx';

/** Where nothing awaits the person, or nothing that fits. */
export function InboxEmpty({ isFiltered }: { readonly isFiltered: boolean }) {
  const t = useTranslations('inbox.empty');
  return (
    <EmptyState
      icon={Inbox}
      title={t(isFiltered ? 'filteredTitle' : 'title')}
      text={
        isFiltered ? (
          t('filteredText')
        ) : (
          <>
            <LastDecision /> {t('text')}
          </>
        )
      }
    />
  );
}

/** What the person did last, as a sign that nothing was overlooked. */
function LastDecision() {
  const t = useTranslations('inbox.empty.last');
  const { trpc, workspace } = useWorkspace();
  const { data } = useQuery(trpc.workflows.lastDecision.queryOptions());
  const decision = data?.decision ?? null;
  if (decision === null) return null;
  const { actionType, siteCode, scopeCode, workflowId, decidedAt } = decision;
  return t.rich(actionType, {
    siteCode,
    scopeCode,
    link: (text) => (
      <Link
        to="/w/$workspaceCode/workflows/$workflowId"
        params={{ workspaceCode: workspace.code, workflowId }}
        className={textLinkLook}
      >
        {text}
      </Link>
    ),
    time: () => <Time value={decidedAt} />,
  });
}
