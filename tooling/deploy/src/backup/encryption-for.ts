import type { TargetSettings } from '../config.ts';
import { DeployError } from '../failure.ts';
import { messageOf } from '../postgres.ts';
import type { Encryption } from './encryption.ts';

/**
 * How a target's backups are encrypted, if they are. The library is loaded only then.
 * @throws {USAGE_INVALID} naming what is no recipient.
 */
export async function encryptionFor({ encryptTo }: TargetSettings): Promise<Encryption | undefined> {
  if (encryptTo.length === 0) return undefined;
  const library = await import('./encryption.ts');
  try {
    return await library.encryptTo(encryptTo);
  } catch (error) {
    throw new DeployError({
      code: 'USAGE_INVALID',
      problem: `encryptTo in deploy.config.ts: ${messageOf(error)}`,
      next: 'A recipient is what age-keygen prints after "Public key:".',
    });
  }
}
