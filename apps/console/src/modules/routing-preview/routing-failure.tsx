import { isAppError } from '@apms/client';
import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button, buttonLooks } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useValueText } from '../../ui/use-value-text.ts';

export interface RoutingFailureProps {
  readonly configVersionId: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Why there is no answer, and where to do something about it. */
export function RoutingFailure({ configVersionId, error, onRetry }: RoutingFailureProps) {
  const t = useTranslations('routingPreview');
  const tCommon = useTranslations('common');
  const valueText = useValueText();
  const { workspace } = useWorkspace();
  const ofWorkspace = { workspaceCode: workspace.code };
  const ofVersion = { ...ofWorkspace, configVersionId };
  if (isAppError(error, 'POLICY_NOT_FOUND')) {
    const { scopeCode: scope, vendorCode, atpCategory } = error.data.appError;
    const category = valueText('AtpCategory', atpCategory);
    return (
      <Failure text={t('failed.policy', { scope, vendor: vendorCode ?? t('failed.noVendor'), category })}>
        <Link
          to="/w/$workspaceCode/configuration/$configVersionId"
          params={ofVersion}
          search={{ tab: 'rows', kind: 'policies', search: scope }}
          className={buttonLooks.secondary}
        >
          {t('failed.showPolicies', { scope })}
        </Link>
      </Failure>
    );
  }
  if (isAppError(error, 'APPROVER_NOT_FOUND')) {
    const { roleCode: role, stageNumber: stage, clusterCode: cluster } = error.data.appError;
    return cluster === null ? (
      <Failure text={t('failed.noCluster', { role, stage })}>
        <Link to="/w/$workspaceCode/sites" params={ofWorkspace} className={buttonLooks.secondary}>
          {t('failed.showSites')}
        </Link>
      </Failure>
    ) : (
      <Failure text={t('failed.approver', { role, stage, cluster })}>
        <Link
          to="/w/$workspaceCode/configuration/$configVersionId"
          params={ofVersion}
          search={{ tab: 'rows', kind: 'approvers', search: cluster }}
          className={buttonLooks.secondary}
        >
          {t('failed.showApprovers', { cluster })}
        </Link>
      </Failure>
    );
  }
  return (
    <ErrorNote error={error}>
      <Button look="ghost" onClick={onRetry}>
        {tCommon('retry')}
      </Button>
    </ErrorNote>
  );
}

function Failure({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <div role="alert" className="flex gap-3 rounded-md bg-warn-soft p-4">
      <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-warn" />
      <div className="flex min-w-0 flex-1 flex-col items-start gap-3">
        <p className="break-words">{text}</p>
        {children}
      </div>
    </div>
  );
}
