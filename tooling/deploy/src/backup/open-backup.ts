import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { DeployError } from '../failure.ts';
import { messageOf } from '../postgres.ts';
import type { Backup, SealedBackup } from './backup.ts';
import { ManifestContents } from './manifest.ts';
import { NoIdentityMatches } from './no-identity-matches.ts';
import { readIdentities } from './read-identities.ts';
import { unpackFile } from './unpack-file.ts';

/** The file of an encrypted backup that holds what its manifest keeps to itself. */
export const CONTENTS_FILE = 'contents.json';

/**
 * Makes an encrypted backup usable here, with the identities of the environment.
 * @throws {IDENTITY_UNUSABLE} when there is none, or none of them opens it; {BACKUP_DAMAGED}
 */
export async function openBackup(sealed: Omit<SealedBackup, 'decrypt'>): Promise<Backup> {
  const { id, manifest } = sealed;
  const encryptedTo = manifest.encryptedTo ?? [];
  const { identities, source } = await readIdentities({ backup: id, encryptedTo });
  const unusable = (reason: 'unreadable' | 'wrong', problem: string) =>
    new DeployError({ code: 'IDENTITY_UNUSABLE', backup: id, encryptedTo, reason, source, problem });
  // Most backups are not encrypted, and the library takes long to load.
  const { decryptWith } = await import('./encryption.ts');
  let decrypt: SealedBackup['decrypt'];
  try {
    decrypt = decryptWith(identities);
  } catch (error) {
    throw unusable('unreadable', messageOf(error));
  }
  try {
    const json = await unpackText({ ...sealed, decrypt }, CONTENTS_FILE);
    return { ...sealed, manifest: { ...manifest, ...ManifestContents.parse(JSON.parse(json)) }, decrypt };
  } catch (error) {
    if (error instanceof NoIdentityMatches) throw unusable('wrong', error.message);
    throw error;
  }
}

async function unpackText(backup: SealedBackup, file: string): Promise<string> {
  const unpacked = new PassThrough();
  const read = text(unpacked);
  // Of the two that fail together, the one that says why is thrown.
  read.catch(() => undefined);
  await unpackFile(backup, file, unpacked, {});
  return read;
}
