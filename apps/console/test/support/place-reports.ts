import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeploymentReport } from '@apms/validators';
import type { TestConsole } from './start-console.ts';

/** Reports as the deploy tool wrote them; hosts, people and paths are other ones. */
export type ReportName =
  | 'deployed'
  | 'deployed-after-hold'
  | 'deployed-in-phases'
  | 'hold'
  | 'no-go'
  | 'nothing-to-do'
  | 'rolled-back';

/** One of the reports, as it was written. */
export async function readReport(name: ReportName): Promise<DeploymentReport> {
  const file = new URL(`../fixtures/reports/${name}.json`, import.meta.url);
  return DeploymentReport.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** Places a report where the console reads it, or whatever else was left there. */
export async function placeReport(
  { deploymentsDirectory }: Pick<TestConsole, 'deploymentsDirectory'>,
  { target, id }: Pick<DeploymentReport, 'target' | 'id'>,
  content: DeploymentReport | string,
): Promise<void> {
  const directory = join(deploymentsDirectory, target, id);
  await mkdir(directory, { recursive: true });
  const text = typeof content === 'string' ? content : JSON.stringify({ ...content, target, id });
  await writeFile(join(directory, 'report.json'), text);
}

/** An id of the minute of a day, for reports that are only many. */
export function deploymentIdOf(minute: number): string {
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `20261101T${hours}${minutes}00Z-0a1b2c`;
}
