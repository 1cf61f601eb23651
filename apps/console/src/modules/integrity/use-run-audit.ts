import { isAppError } from '@apms/client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { useToast } from '../../ui/use-toast.ts';
import { latestAuditQuery } from './audits-query.ts';

const LOOK_AGAIN_MS = 2_000;

/** Running an audit now; where one is running already, waits for that one. */
export interface RunAudit {
  readonly run: () => void;
  readonly isRunning: boolean;
  /** Somebody else's is under way. */
  readonly isWaiting: boolean;
  readonly error: unknown;
}

export function useRunAudit(): RunAudit {
  const t = useTranslations('integrity.run');
  const toast = useToast();
  const { client, queryClient, trpc } = useWorkspace();
  const api = { trpc, client };
  // The newest audit of when another one was under way: the next one after it is the one that is waited for.
  const [before, setBefore] = useState<string | null>(null);
  const mutation = useMutation({
    mutationFn: () => client.integrityAudits.run.mutate(),
    onSuccess: async ({ orphansTotal }) => {
      await queryClient.invalidateQueries(trpc.integrityAudits.pathFilter());
      toast(t('done', { orphans: Number(orphansTotal) }));
    },
    onError: async (error) => {
      if (!isAppError(error, 'INTEGRITY_AUDIT_RUNNING')) return;
      const known = await queryClient.ensureQueryData(latestAuditQuery(api));
      setBefore(known?.id ?? '');
    },
  });
  const { data: latest } = useQuery({
    ...latestAuditQuery(api),
    refetchInterval: (query) => (isAwaited(before, query.state.data) ? LOOK_AGAIN_MS : false),
    enabled: before !== null,
  });
  const isWaiting = isAwaited(before, latest);
  const hasEnded = before !== null && !isWaiting;
  const tellOfEnd = useEffectEvent(() => {
    toast(t('elsewhere'));
    void queryClient.invalidateQueries(trpc.integrityAudits.pathFilter());
  });
  useEffect(() => {
    if (hasEnded) tellOfEnd();
  }, [hasEnded]);
  return {
    run: () => mutation.mutate(),
    isRunning: mutation.isPending || isWaiting,
    isWaiting,
    error: isAppError(mutation.error, 'INTEGRITY_AUDIT_RUNNING') ? null : mutation.error,
  };
}

/** Whether there is still nothing newer than the audit that was the newest one. */
function isAwaited(before: string | null, latest: { readonly id: string } | null | undefined): boolean {
  return before !== null && (latest?.id ?? '') === before;
}
