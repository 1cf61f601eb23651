import type { EmbeddedServer } from '@apms/db/embedded';
import { DeployError } from '../../failure.ts';
import type { Target } from '../../target.ts';

/**
 * The target's embedded server, without which a snapshot can neither be made nor restored.
 * @throws {USAGE_INVALID} when the target has become a server of its own.
 */
export function requireEmbedded(target: Target, backup: string): EmbeddedServer {
  if (target.embedded !== undefined) return target.embedded;
  throw new DeployError({
    code: 'USAGE_INVALID',
    problem: `The backup ${backup} is a snapshot of an embedded server; the target "${target.name}" is now a server of its own.`,
    next: `Unset ${target.settings.urlVariable} to restore it into the embedded server.`,
  });
}
