import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { PageLoading } from '../../ui/page-loading.tsx';
import type { Seat } from './seat.ts';
import { SeatForm } from './seat-form.tsx';

export interface SeatDialogProps {
  readonly configVersionId: string;
  readonly seat: Seat;
  readonly onClose: () => void;
}

/** Says who sits in a seat of a DRAFT, in which order and when. */
export function SeatDialog({ configVersionId, seat, onClose }: SeatDialogProps) {
  const t = useTranslations('configSeat');
  const tCommon = useTranslations('common');
  const { trpc } = useWorkspace();
  const { scopeCode, clusterCode, roleCode } = seat;
  const clusters = useQuery(
    trpc.clusters.list.queryOptions({ configVersionId, scopeCode, clusterCode, limit: 1 }),
  );
  const roles = useQuery(trpc.approvalRoles.list.queryOptions({ configVersionId, limit: 200 }));
  // What is changed is what is so now, and nothing is read anew while somebody changes it.
  const approvers = useQuery(
    trpc.clusterApprovers.list.queryOptions(
      { configVersionId, scopeCode, clusterCode, roleCode, limit: 200 },
      { gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false },
    ),
  );
  const cluster = clusters.data?.items[0];
  const role = roles.data?.items.find((one) => one.roleCode === roleCode);
  const error = clusters.error ?? roles.error ?? approvers.error;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="large"
      title={t('title', { role: roleCode, cluster: clusterCode })}
      description={`${t('scope', { scope: scopeCode })}. ${t('about')}`}
    >
      {error !== null && (
        <ErrorNote error={error}>
          <Button
            look="ghost"
            onClick={() => void Promise.all([clusters.refetch(), roles.refetch(), approvers.refetch()])}
          >
            {tCommon('retry')}
          </Button>
        </ErrorNote>
      )}
      {cluster !== undefined && role !== undefined && approvers.isSuccess ? (
        <SeatForm
          seat={{ ...seat, clusterId: cluster.id, roleId: role.id }}
          approvers={approvers.data.items}
          onClose={onClose}
        />
      ) : (
        error === null && <PageLoading />
      )}
    </Dialog>
  );
}
