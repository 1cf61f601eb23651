import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { smallRows } from '@apms/api/testing';
import { uploadDocument } from '@apms/client';
import type { ConfigurationRows, ConfigVersionDetails } from '@apms/validators';
import { writeWorkbook } from '@apms/workbook';
import type { Page } from 'playwright-core';
import type { TestConsole, TestWorkspace } from './start-console.ts';

export { smallRows };

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The production workbook. */
export const productionWorkbook = fileURLToPath(import.meta.resolve('@apms/workbook/fixture'));

export async function readProductionWorkbook(): Promise<Buffer> {
  return await readFile(productionWorkbook);
}

/** A workbook of these rows, as a file to choose. */
export async function workbookOf(rows: ConfigurationRows, name = 'matrix.xlsx') {
  return fileOf(await writeWorkbook(rows), name);
}

/** Any bytes as a file to choose, under the type of a workbook. */
export function fileOf(bytes: Uint8Array | string, name: string) {
  return { name, mimeType: XLSX, buffer: Buffer.from(bytes) };
}

/** Chooses a file as in the dialog of the system. */
export async function chooseFile(
  page: Page,
  file: string | { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(file);
}

/** Drops a file on the page's drop zone. */
export async function dropFile(
  page: Page,
  { name, buffer }: { name: string; buffer: Buffer },
): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    `(() => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(${JSON.stringify(buffer.toString('base64'))}), (one) => one.charCodeAt(0));
      transfer.items.add(new File([bytes], ${JSON.stringify(name)}));
      return transfer;
    })()`,
  );
  const zone = page.getByText('Drop an .xlsx workbook here, or');
  await zone.dispatchEvent('dragenter', { dataTransfer });
  await page.getByText('Drop the workbook to choose it').dispatchEvent('drop', { dataTransfer });
}

/** Imports rows as somebody who is no browser. */
export async function importRows(
  console: TestConsole,
  rows: ConfigurationRows,
  workspace: TestWorkspace = console.workspace,
): Promise<ConfigVersionDetails> {
  const manager = workspace.people.CONFIG_MANAGER;
  const { name, mimeType, buffer } = await workbookOf(rows);
  const options = {
    url: console.url,
    credential: { kind: 'apiKey', key: manager.credentials['x-api-key'] ?? '' },
    workspaceId: workspace.id,
  } as const;
  const { id } = await uploadDocument(options, new File([new Uint8Array(buffer)], name, { type: mimeType }));
  return await console.as(manager, workspace).configVersions.import.mutate({ documentId: id });
}

/** The same, and new workflows are routed by it. */
export async function activateRows(
  console: TestConsole,
  rows: ConfigurationRows,
  workspace: TestWorkspace = console.workspace,
): Promise<ConfigVersionDetails> {
  const { id: configVersionId } = await importRows(console, rows, workspace);
  const manager = console.as(workspace.people.CONFIG_MANAGER, workspace);
  return await manager.configVersions.activate.mutate({ configVersionId, acknowledgeWarnings: true });
}
