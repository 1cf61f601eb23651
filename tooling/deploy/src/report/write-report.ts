import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeploymentReport } from '@apms/validators';
import { toMarkdown } from './markdown.ts';

/** Writes `report.json` and `report.md`; each is there whole or not at all. */
export async function writeReport(directory: string, report: DeploymentReport): Promise<void> {
  await replace(join(directory, 'report.md'), toMarkdown(report));
  await replace(join(directory, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
}

async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.tmp`, text, { flush: true });
  await rename(`${file}.tmp`, file);
}
