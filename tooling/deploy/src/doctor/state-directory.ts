import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf } from '../postgres.ts';
import { formatBytes } from '../report/format.ts';
import { type DoctorFinding, ok, problem, warning } from './finding.ts';

/** File systems on which what is written may not be there afterwards, by their magic number (statfs(2)). */
const LASTING_LITTLE = new Map([
  [0x01021994, ['tmpfs', 'It is memory: a restart of the machine loses journals and backups.']],
  [0x794c7630, ['overlay', 'It goes with its container, and journals and backups with it.']],
]);
const SHARED = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x65735546, 'FUSE'],
]);

/** Whether journals and backups can be written, have room, and will still be there. Writes nothing. */
export async function checkStateDirectory(
  directory: string,
  neededBytes: number | undefined,
): Promise<DoctorFinding[]> {
  const existing = await nearestExisting(directory);
  try {
    await access(existing, constants.W_OK | constants.X_OK);
  } catch (error) {
    return [
      problem(
        'state directory',
        `${directory} cannot be written: ${messageOf(error)}.`,
        'Journal, lease and backups lie there; without them no deployment begins.',
        `chown "$(whoami)" ${existing}, or DEPLOY_STATE_DIR=/another/directory`,
      ),
    ];
  }
  const { type, bavail, bsize } = await statfs(existing);
  return [...checkFileSystem(directory, type), checkSpace(directory, bavail * bsize, neededBytes)];
}

function checkFileSystem(directory: string, type: number): DoctorFinding[] {
  const move = 'DEPLOY_STATE_DIR=/a/directory/on/a/disk';
  const [name, why] = LASTING_LITTLE.get(type) ?? [];
  if (name !== undefined && why !== undefined)
    return [warning('state directory', `${directory} is on ${name}.`, why, move)];
  const shared = SHARED.get(type);
  if (shared !== undefined) {
    const reason = 'What is said to be on disk may not be there after a crash, which the journal relies on.';
    return [warning('state directory', `${directory} is on ${shared}.`, reason, move)];
  }
  return [];
}

function checkSpace(directory: string, freeBytes: number, neededBytes: number | undefined): DoctorFinding {
  const free = `${formatBytes(freeBytes)} free`;
  if (neededBytes === undefined || freeBytes >= neededBytes)
    return ok('state directory', `${directory}, ${free}`);
  return problem(
    'disk space',
    `${directory} has ${free}; a deployment of this database may need ${formatBytes(neededBytes)}.`,
    'The backup is written there, and unpacked for the rehearsal.',
    `df -h ${directory}; free some, or DEPLOY_STATE_DIR=/another/directory`,
  );
}

async function nearestExisting(directory: string): Promise<string> {
  const exists = await access(directory).then(
    () => true,
    () => false,
  );
  return exists || dirname(directory) === directory ? directory : nearestExisting(dirname(directory));
}
