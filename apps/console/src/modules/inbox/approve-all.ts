import { type ApmsClient, appErrorOf } from '@apms/client';
import pLimit from 'p-limit';

/** What became of one stage of many. */
export type BulkResult =
  | { readonly kind: 'approved' }
  /** It cannot be approved; sending it again changes nothing. */
  | { readonly kind: 'conflict'; readonly error: unknown }
  /** It did not get through. */
  | { readonly kind: 'failure'; readonly error: unknown };

export interface BulkApproval {
  readonly client: ApmsClient;
  readonly stageIds: readonly string[];
  readonly comment: string | null;
  /** Of each stage its own, the same for every attempt: it is approved once. */
  readonly keyOf: (stageId: string) => string;
  /** Those that were not sent when it is aborted have no result. */
  readonly signal: AbortSignal;
  readonly onResult: (stageId: string, result: BulkResult) => void;
}

const AT_ONCE = 4;

/** After which an attempt later may succeed. */
const PASSING = new Set<string>([
  'DATABASE_UNAVAILABLE',
  'TRANSACTION_CONFLICT',
  'RATE_LIMITED',
  'TIMED_OUT',
  'INTERNAL',
  'UNAUTHENTICATED',
]);

/** Approves stages side by side, a few at once; one that fails does not hold the others back. */
export async function approveAll(approval: BulkApproval): Promise<void> {
  const { client, stageIds, comment, keyOf, signal, onResult } = approval;
  const inTurn = pLimit(AT_ONCE);
  const approve = async (stageId: string) => {
    if (signal.aborted) return;
    try {
      await client.workflows.decide.mutate(
        { stageId, decision: 'APPROVE', comment },
        { context: { idempotencyKey: keyOf(stageId) } },
      );
      onResult(stageId, { kind: 'approved' });
    } catch (error) {
      const code = appErrorOf(error)?.code;
      onResult(stageId, { kind: code === undefined || PASSING.has(code) ? 'failure' : 'conflict', error });
    }
  };
  await Promise.all(stageIds.map((stageId) => inTurn(() => approve(stageId))));
}
