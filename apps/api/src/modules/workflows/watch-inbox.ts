import type { InboxChange } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';

/**
 * Says when the caller's inbox has to be read anew: at the start, so that nothing is missed in between, and whenever a
 * stage came, went or was moved, in whichever process.
 */
export async function* watchInbox(
  { actor, services }: WorkspaceContext,
  signal: AbortSignal,
): AsyncGenerator<InboxChange, void, undefined> {
  const changes = services.changes.subscribe(
    (change) =>
      change.kind === 'inbox' &&
      change.workspaceId === actor.workspaceId &&
      (change.userIds === null || change.userIds.includes(actor.userId)),
    signal,
  );
  yield { reason: 'SUBSCRIBED' };
  for await (const { kind } of changes) yield { reason: kind === 'resync' ? 'RESYNC' : 'CHANGED' };
}
