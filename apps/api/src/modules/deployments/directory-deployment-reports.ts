import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DeploymentId, DeploymentReport, DeploymentTarget } from '@apms/validators';
import type { DeploymentReports } from './deployment-reports.ts';

export interface DirectoryDeploymentReportsOptions {
  /** The deploy tool's state: `<target>/<deployment>/report.json`. It need not exist. */
  readonly directory: string;
  /** Told of a report that is not one. */
  readonly onUnreadable?: (file: string, error: unknown) => void;
}

const MAX_REPORT_BYTES = 8 * 1024 * 1024;

/** What the deploy tool keeps beside its targets. */
const CACHE = 'cache';

/** So that a page ends soon, however many deployments left no readable report. */
const MAX_MET = 1_000;

/** The reports that the deploy tool writes on disk. One at a time is read, and no link is followed. */
export function directoryDeploymentReports(options: DirectoryDeploymentReportsOptions): DeploymentReports {
  const { directory, onUnreadable } = options;

  /** Null when the run has left no report: it is under way, or was killed. @throws for one that is none */
  async function read(target: string, id: string): Promise<DeploymentReport | null> {
    const file = join(directory, DeploymentTarget.parse(target), DeploymentId.parse(id), 'report.json');
    try {
      const report = DeploymentReport.parse(JSON.parse(await readBounded(file)));
      if (report.id !== id || report.target !== target) throw new RangeError('it is of another deployment');
      return report;
    } catch (error) {
      if (isMissing(error)) return null;
      onUnreadable?.(file, error);
      throw error;
    }
  }

  return {
    targets: async () => {
      const names = await directoriesIn(directory);
      return names.filter((name) => DeploymentTarget.safeParse(name).success && name !== CACHE).toSorted();
    },

    list: async (target, { before, limit }) => {
      const names = await directoriesIn(join(directory, DeploymentTarget.parse(target)));
      const ids = names
        .filter((id) => DeploymentId.safeParse(id).success && (before === null || id < before))
        .toSorted()
        .toReversed();
      const reports: DeploymentReport[] = [];
      let unreadable = 0;
      let met = 0;
      for (const id of ids.slice(0, MAX_MET)) {
        if (reports.length === limit) break;
        met += 1;
        const report = await read(target, id).catch(() => undefined);
        if (report === undefined) unreadable += 1;
        else if (report !== null) reports.push(report);
      }
      return { reports, unreadable, nextBefore: met < ids.length ? (ids[met - 1] ?? null) : null };
    },

    get: async (target, deploymentId) => {
      for (const part of [[target], [target, deploymentId]]) {
        const found = await lstat(join(directory, ...part)).catch(() => null);
        if (found?.isDirectory() !== true) return null;
      }
      return await read(target, deploymentId).catch(() => null);
    },
  };
}

async function readBounded(file: string): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const found = await handle.stat();
    if (!found.isFile() || found.size > MAX_REPORT_BYTES) throw new RangeError(`${found.size} bytes`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

/** Real directories only; none where there is nothing. */
async function directoriesIn(directory: string): Promise<string[]> {
  try {
    if (!(await lstat(directory)).isDirectory()) return [];
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
