import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const hasProc = existsSync('/proc/self/stat');
const bootId = hasProc ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8) : '';

/**
 * Names one process for good: its pid with the moment it started, so that another process which
 * later gets the same pid is not taken for it. Undefined when there is no such process (any more).
 */
export function processIdentity(pid: number): string | undefined {
  const startedAt = hasProc ? startTicks(pid) : startDate(pid);
  return startedAt === undefined ? undefined : `${pid}-${bootId}${startedAt}`;
}

/** Whether the process that {@link processIdentity} named still runs. */
export function isProcessAlive(identity: string): boolean {
  return processIdentity(Number.parseInt(identity, 10)) === identity;
}

function startTicks(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may itself hold any of ") (".
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function startDate(pid: number): string | undefined {
  const { status, stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '' ? stdout.replaceAll(/\W+/g, '') : undefined;
}
