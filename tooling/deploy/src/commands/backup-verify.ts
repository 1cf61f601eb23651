import { findBackup, listBackups } from '../backup/catalogue.ts';
import { verifyBackup } from '../backup/verify.ts';
import { explain } from '../explain.ts';
import { DeployError, toFailure } from '../failure.ts';
import { type CommandOptions, withRun } from '../open-run.ts';
import { formatCount } from '../report/format.ts';
import type { Run } from '../run-context.ts';
import { scratchName } from '../scratch.ts';
import type { Target } from '../target.ts';
import { clientToolsFor } from './client-tools-for.ts';
import { selectBackup } from './select-backup.ts';

export interface VerifyBackupOptions extends CommandOptions {
  all?: boolean;
  olderThan?: string;
}

/**
 * `deploy backup verify`: restores backups into scratch and compares every table with the manifest; each has a line. The
 * exit code is 1 when one of them is not what it should be, after all of them were looked at.
 */
export async function backupVerifyCommand(options: VerifyBackupOptions, id?: string): Promise<number> {
  const ageMs = options.olderThan === undefined ? undefined : readAge(options.olderThan);
  if ([id, options.all, ageMs].filter((each) => each !== undefined).length > 1) {
    throw new DeployError({
      code: 'USAGE_INVALID',
      problem: 'A backup, --all and --older-than cannot be had together.',
      next: 'Give one of them, or none for the newest.',
    });
  }
  return withRun('backup verify', options, { journaled: false, show: () => undefined }, async (run) => {
    const many = options.all === true ? 0 : ageMs;
    const ids =
      many === undefined ? [(await selectBackup(run.target, id)).id] : await idsDue(run.target, many);
    let failed = 0;
    for (const [index, each] of ids.entries()) {
      const line = await verifyOne(run, each, index, ids.length > 1 || many !== undefined);
      if (!line.ok) failed += 1;
      process.stdout.write(`${options.json ? JSON.stringify(line.json) : line.text}\n`);
    }
    if (ids.length === 0 && !options.json) process.stdout.write(`no backup of ${options.env} is due\n`);
    return failed > 0 ? 1 : 0;
  });
}

/** One that stands alone fails as every command does. */
async function verifyOne({ id: runId, ...run }: Run, id: string, index: number, isOneOfMany: boolean) {
  const { target, applicationName, directory, signal } = run;
  try {
    const backup = await findBackup(target.store, target.name, id);
    const tools = await clientToolsFor({ id: runId, ...run }, backup.manifest.driver);
    const name = scratchName(runId, `verify${index}`);
    await verifyBackup(target, backup, { name, tools, applicationName, spool: directory, signal });
    const tables = backup.manifest.tables.length;
    const rows = backup.manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    return {
      ok: true,
      json: { type: 'backup-verified', id, tables, rows },
      text: `backup ${id} is verified: restored, ${tables} tables and ${formatCount(rows)} rows equal to the manifest`,
    };
  } catch (error) {
    const failure = toFailure(error);
    if (!isOneOfMany || failure.code === 'CANCELLED') throw error;
    const message = explain(failure);
    return {
      ok: false,
      json: { type: 'backup-failed', id, code: failure.code, message },
      text: `backup ${id} FAILED: ${message}`,
    };
  }
}

/** The usable backups that were not verified for so long, oldest first. */
async function idsDue({ store, name }: Target, ageMs: number): Promise<string[]> {
  const before = Date.now() - ageMs;
  const usable = (await listBackups(store, name)).filter((backup) => backup.usable);
  return usable
    .filter(({ verifiedAt }) => verifiedAt === null || Date.parse(verifiedAt) <= before)
    .map(({ id }) => id);
}

function readAge(text: string): number {
  const days = /^(\d{1,4})d$/.exec(text)?.[1];
  if (days !== undefined) return Number(days) * 86_400_000;
  throw new DeployError({
    code: 'USAGE_INVALID',
    problem: `--older-than ${text} is no number of days.`,
    next: 'Write it as 7d.',
  });
}
