import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeploymentReport } from '@apms/validators';
import { composeDocument } from './compose-document.ts';
import { toMarkdown } from './to-markdown.ts';

/** Writes `report.json`, `report.md` and `report.html`; each is there whole or not at all. */
export async function writeReport(directory: string, report: DeploymentReport): Promise<void> {
  const { toHtml } = await import('./html/to-html.ts');
  const document = composeDocument(report);
  await replace(join(directory, 'report.html'), toHtml(document));
  await replace(join(directory, 'report.md'), toMarkdown(document));
  await replace(join(directory, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
}

async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.tmp`, text, { flush: true });
  await rename(`${file}.tmp`, file);
}
