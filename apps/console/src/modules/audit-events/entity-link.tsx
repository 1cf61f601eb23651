import type { AuditEvent } from '@apms/validators';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { textLinkLook } from '../../ui/text-link-look.ts';

/** To the page of what the event is about, where there is one. */
export function EntityLink({ event }: { readonly event: AuditEvent }) {
  const t = useTranslations('auditEvents.event');
  const { workspace } = useWorkspace();
  const target = targetOf(event, workspace.code);
  if (target === null) return null;
  return (
    <Link {...target} className={textLinkLook}>
      {t('open')}
    </Link>
  );
}

function targetOf({ entityType, entityId, details }: AuditEvent, workspaceCode: string): LinkProps | null {
  switch (entityType) {
    case 'user':
      return personTarget(workspaceCode, entityId);
    case 'membership':
      return typeof details['userId'] === 'string' ? personTarget(workspaceCode, details['userId']) : null;
    case 'submission':
      return {
        to: '/w/$workspaceCode/submissions/$submissionId',
        params: { workspaceCode, submissionId: entityId },
      };
    case 'workflow':
      return {
        to: '/w/$workspaceCode/workflows/$workflowId',
        params: { workspaceCode, workflowId: entityId },
      };
    case 'configVersion':
      return {
        to: '/w/$workspaceCode/configuration/$configVersionId',
        params: { workspaceCode, configVersionId: entityId },
      };
    case 'punchlist':
      return {
        to: '/w/$workspaceCode/punchlists/$punchlistId',
        params: { workspaceCode, punchlistId: entityId },
      };
    case 'integrityAudit':
      return { to: '/w/$workspaceCode/integrity/$auditId', params: { workspaceCode, auditId: entityId } };
    case 'override':
      return { to: '/w/$workspaceCode/overrides', params: { workspaceCode } };
    case 'workspaceSettings':
      return { to: '/w/$workspaceCode/settings', params: { workspaceCode } };
    case 'apiKey':
      return { to: '/w/$workspaceCode/api-keys', params: { workspaceCode } };
    default:
      return null;
  }
}

function personTarget(workspaceCode: string, userId: string): LinkProps {
  return { to: '/w/$workspaceCode/people/$userId', params: { workspaceCode, userId } };
}
