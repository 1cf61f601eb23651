import type { InboxChange } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';

/**
 * Says when the caller's inbox has to be read anew: at the start, so that nothing is missed in between, and whenever a
 * stage came, went or was moved, in whichever process. It ends when the caller's access may have changed; who still
 * has it connects again.
 */
export async function* watchInbox(
  { actor, services }: WorkspaceContext,
  signal: AbortSignal,
): AsyncGenerator<InboxChange, void, undefined> {
  const concerns = (userIds: readonly string[] | null) => userIds === null || userIds.includes(actor.userId);
  const changes = services.changes.subscribe(
    (change) =>
      (change.kind === 'inbox' && change.workspaceId === actor.workspaceId && concerns(change.userIds)) ||
      (change.kind === 'access' && concerns(change.userIds)),
    signal,
  );
  yield { reason: 'SUBSCRIBED' };
  for await (const { kind } of changes) {
    if (kind === 'access') return;
    yield { reason: kind === 'resync' ? 'RESYNC' : 'CHANGED' };
  }
}
