import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';
import {
  activateRows,
  chooseFile,
  fileOf,
  productionWorkbook,
  readProductionWorkbook,
  smallRows,
  workbookOf,
} from './support/workbooks.ts';

describe.skipIf(!hasBrowser)('an import', () => {
  useConsole();
  let path: string;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'apms-import-'));
    path = `/w/${console.workspace.code}/configuration`;
  });
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  async function openImport(): Promise<Page> {
    const { page } = await browser.open(console.workspace.people.CONFIG_MANAGER);
    await page.goto(path);
    await page.getByText('Drop an .xlsx workbook here, or').waitFor();
    return page;
  }

  const alert = (page: Page) => page.getByRole('alert');

  async function importFile(page: Page, file: Parameters<typeof chooseFile>[1]): Promise<void> {
    await chooseFile(page, file);
    await page.getByLabel('Notes').fill('kept');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
  }

  /** So slow that there is time to do something meanwhile. */
  async function slowDown(page: Page, uploadThroughput: number): Promise<void> {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  }

  test('of what is no workbook is refused before anything is sent', async () => {
    const page = await openImport();
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.method()));
    await chooseFile(page, { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') });
    await alert(page).getByText('notes.txt is not an .xlsx workbook').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await chooseFile(page, fileOf('', 'empty.xlsx'));
    await alert(page).getByText('empty.xlsx has no content').waitFor();
    const huge = join(directory, 'huge.xlsx');
    await writeFile(huge, '');
    await truncate(huge, 50_000_001);
    await chooseFile(page, huge);
    await alert(page).getByText('huge.xlsx is larger than 50 MB').waitFor();
    expect(sent.filter((method) => method === 'POST')).toEqual([]);
  });

  const protectedWorkbook = Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(504),
    Buffer.from('EncryptedPackage', 'utf16le'),
  ]);
  const truncated = async () => (await readProductionWorkbook()).subarray(0, 200_000);

  test.each([
    ['of a text', async () => Buffer.from('a text'), 'What broken.xlsx contains is no .xlsx workbook'],
    ['of a protected workbook', async () => protectedWorkbook, 'protected by a password'],
    ['of half a workbook', truncated, 'The end of the file is missing'],
  ])('%s is refused with what to do, and another file can be chosen', async (_what, content, reason) => {
    const page = await openImport();
    await importFile(page, fileOf(await content(), 'broken.xlsx'));
    await alert(page).getByText(reason).waitFor();
    expect(await alert(page).getByRole('button', { name: 'Try again' }).count()).toBe(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    await alert(page).getByRole('button', { name: 'Choose another file' }).click();
    await page.getByText('Drop an .xlsx workbook here, or').waitFor();
  });

  test('of the very file of the active version is refused, and leads to that version', async () => {
    await activateRows(console, smallRows());
    const page = await openImport();
    await importFile(page, await workbookOf(smallRows()));
    await alert(page).getByText('It is the very file of version 1').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await alert(page).getByRole('link', { name: 'Open version 1' }).click();
    await page.getByRole('heading', { name: 'Approval matrix 1' }).waitFor();
  });

  test('whose connection is lost while it is uploaded, or while it is stored, goes on when it is tried again', async () => {
    const page = await openImport();
    await chooseFile(page, productionWorkbook);
    await page.getByLabel('Notes').fill('kept');
    await console.killApi();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await alert(page).getByText('The connection was lost').waitFor();
    await console.restartApi();
    await slowDown(page, 30_000);
    await alert(page).getByRole('button', { name: 'Try again' }).click();
    // Something of it is on its way.
    await page.getByRole('progressbar').and(page.locator(':not([aria-valuenow="0"])')).waitFor();
    await page.getByRole('button', { name: 'Cancel the upload' }).waitFor();
    await console.killApi();
    await alert(page)
      .getByText('The connection was lost while approval-matrix-2025-08.xlsx was uploaded')
      .waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await slowDown(page, -1);
    await console.restartApi();
    await alert(page).getByRole('button', { name: 'Try again' }).click();
    await page.getByText(/of [\d,]+ rows/).waitFor();
    await console.killApi();
    await alert(page)
      .getByText('The connection was lost while approval-matrix-2025-08.xlsx was imported')
      .waitFor();
    await console.restartApi();
    await alert(page).getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: /^Approval matrix \d+$/ }).waitFor({ timeout: 60_000 });
    await page.getByText('kept').waitFor();
    const { items } = await console
      .as(console.workspace.people.VIEWER)
      .configVersions.list.query({ status: 'DRAFT' });
    expect(items.map(({ sourceFileName }) => sourceFileName)).toEqual(['approval-matrix-2025-08.xlsx']);
  });

  test('asks before its page is left, and can be cancelled while it is uploaded', async () => {
    const page = await openImport();
    await slowDown(page, 20_000);
    await importFile(page, productionWorkbook);
    await page.getByRole('button', { name: 'Cancel the upload' }).waitFor();
    await page.getByRole('link', { name: 'Sites' }).first().click();
    const leave = page.getByRole('dialog', { name: 'Leave while the workbook is imported?' });
    await leave.getByText('The upload is stopped').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await leave.getByRole('button', { name: 'Stay here' }).click();
    await page.getByRole('button', { name: 'Cancel the upload' }).click();
    // What was entered is still there.
    expect(await page.getByLabel('Notes').inputValue()).toBe('kept');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('button', { name: 'Cancel the upload' }).waitFor();
    await page.getByRole('link', { name: 'Sites' }).first().click();
    await leave.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'Sites', exact: true }).waitFor();
  });

  test('is not offered to those who may only read', async () => {
    const { page, complaints } = await browser.open(console.workspace.people.VIEWER);
    await page.goto(path);
    await page.getByRole('row', { name: /Approval matrix 1/ }).waitFor();
    expect(await page.getByText('Import a workbook').count()).toBe(0);
    await page.getByRole('link', { name: 'Approval matrix 1' }).first().click();
    await page.getByRole('heading', { name: 'Approval matrix 1' }).waitFor();
    await page.getByRole('heading', { name: 'Nothing was found' }).waitFor();
    for (const name of ['Activate', 'Discard', 'Roll back to it', 'Archive', 'Download as a workbook']) {
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    }
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
