import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeploymentReport } from '@apms/validators';
import type { LoadedConfig } from './load-config.ts';

/** The reports of a target's deployments, oldest first. A run without a readable report (still going, or killed) is left out. */
export async function listDeployments(
  { stateDirectory }: LoadedConfig,
  target: string,
): Promise<DeploymentReport[]> {
  const directory = join(stateDirectory, target);
  const ids = await readdir(directory).catch(() => []);
  const reports = await Promise.all(
    ids.toSorted().map((id) => readReport(join(directory, id, 'report.json'))),
  );
  return reports.filter((report) => report !== undefined);
}

/** The last deployment that migrated the target: the one whose backup it would roll back to. */
export async function lastDeployed(
  config: LoadedConfig,
  target: string,
): Promise<DeploymentReport | undefined> {
  return (await listDeployments(config, target)).findLast(({ outcome }) => outcome === 'deployed');
}

/** A report that cannot be read, or that another version of the tool wrote, must not hide the others. */
async function readReport(file: string): Promise<DeploymentReport | undefined> {
  try {
    return DeploymentReport.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
