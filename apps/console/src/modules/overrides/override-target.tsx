import type { ApproverOverride } from '@apms/validators';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { ValueText } from '../../ui/value-text.tsx';

/** What an override is for, with the way there. */
export function OverrideTarget({ override }: { readonly override: ApproverOverride }) {
  const t = useTranslations('overrides');
  const { workspace } = useWorkspace();
  const { workflowId, submissionId, submissionNumber, siteCode, clusterCode, region } = override;
  const { code: workspaceCode } = workspace;
  return (
    <>
      <ValueText set="OverrideType" value={override.overrideType} /> {clusterCode ?? region ?? siteCode}{' '}
      {workflowId !== null && (
        <Link
          to="/w/$workspaceCode/workflows/$workflowId"
          params={{ workspaceCode, workflowId }}
          className={textLinkLook}
        >
          {t('toReview')}
        </Link>
      )}
      {submissionId !== null && (
        <Link
          to="/w/$workspaceCode/submissions/$submissionId"
          params={{ workspaceCode, submissionId }}
          className={textLinkLook}
        >
          {submissionNumber}
        </Link>
      )}
    </>
  );
}
