import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DeployError } from '../failure.ts';
import { messageOf } from '../postgres.ts';
import type { OnProgress } from '../progress.ts';
import type { Backup } from './backup.ts';
import type { BackupFile } from './manifest.ts';

const AT_ONCE = 2;

/**
 * Reads every file of a backup and compares it with the manifest.
 * @throws {BACKUP_DAMAGED} naming each file that is missing, too short or changed.
 */
export async function checkFiles(
  { id, directory, manifest }: Backup,
  onProgress?: OnProgress,
): Promise<void> {
  const problems: string[] = [];
  const queue = [...manifest.files];
  const total = queue.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let done = 0;
  const onBytes = (count: number) => {
    done += count;
    onProgress?.({ label: "checking the backup's files", detail: null, unit: 'bytes', done, total });
  };
  const worker = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const problem = await checkFile(directory, file, onBytes);
      if (problem !== undefined) problems.push(`${file.path} ${problem}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (problems.length > 0)
    throw new DeployError({ code: 'BACKUP_DAMAGED', backup: id, problems: problems.toSorted() });
}

async function checkFile(
  directory: string,
  { path, sizeBytes, sha256 }: BackupFile,
  onBytes: (count: number) => void,
): Promise<string | undefined> {
  const file = join(directory, path);
  try {
    const { size } = await stat(file);
    if (size !== sizeBytes) return `has ${size} bytes instead of ${sizeBytes}.`;
    const hash = createHash('sha256');
    const content = createReadStream(file, { highWaterMark: 2 ** 20 });
    content.on('data', ({ length }) => onBytes(length));
    await pipeline(content, hash);
    return hash.digest('hex') === sha256
      ? undefined
      : 'was changed: its SHA-256 is not the one in the manifest.';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
      ? 'is missing.'
      : `cannot be read: ${messageOf(error)}.`;
  }
}
