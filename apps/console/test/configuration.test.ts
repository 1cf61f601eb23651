import { readFile } from 'node:fs/promises';
import papa from 'papaparse';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';
import {
  chooseFile,
  dropFile,
  fileOf,
  productionWorkbook,
  smallRows,
  workbookOf,
} from './support/workbooks.ts';

/** Reading and storing a workbook takes its time on a busy machine. */
const IMPORT_MS = 60_000;

describe.skipIf(!hasBrowser)('a configuration', () => {
  useConsole();
  let path: string;

  beforeAll(() => {
    path = `/w/${console.workspace.code}/configuration`;
  });

  test('is imported, looked through, activated, followed by another, compared and rolled back', {
    timeout: 300_000,
  }, async () => {
    const { page, complaints } = await browser.open(console.workspace.people.CONFIG_MANAGER, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.goto(path);
    await page.getByRole('heading', { name: 'No versions yet' }).waitFor();
    await page.getByText('No approval matrix is active').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);

    // Import, with signs of life.
    await chooseFile(page, productionWorkbook);
    await page.getByLabel('Notes').fill('August 2025');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('progressbar', { name: /./ }).waitFor();
    await page.getByText(/of [\d,]+ rows/).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('heading', { name: 'Approval matrix 1' }).waitFor({ timeout: IMPORT_MS });
    await page.getByText('August 2025').waitFor();
    await page.getByText('23,786').waitFor();
    await page
      .getByRole('row', { name: /PERSON_CONFLICT/ })
      .first()
      .waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);

    // Findings: the filters are in the address, and what they leave is what is taken along.
    await page.getByLabel('Kind').selectOption('PERSON_CONFLICT');
    await page.waitForURL(/code=PERSON_CONFLICT/);
    await expect.poll(() => page.getByRole('row').count()).toBe(8);
    const [csvFile] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as CSV' }).click(),
    ]);
    expect(csvFile.suggestedFilename()).toBe('findings-v1.csv');
    const csv = papa.parse<Record<string, string>>(
      (await readFile(await csvFile.path(), 'utf8')).replace(/^\uFEFF/, ''),
      { header: true },
    );
    expect(csv.errors).toEqual([]);
    expect(csv.data).toHaveLength(7);
    expect(csv.data[0]).toMatchObject({ severity: 'WARNING', code: 'PERSON_CONFLICT', cell: 'RAN_MW!G15' });
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    const [allFile] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as CSV' }).click(),
    ]);
    const all = papa.parse<Record<string, string>>(await readFile(await allFile.path(), 'utf8'), {
      header: true,
    });
    expect(all.data).toHaveLength(499);

    // From a finding to its cell and to the row that it became.
    await page.getByRole('button', { name: 'Copy the place RAN_MW!G15' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('RAN_MW!G15');
    await page
      .getByRole('row', { name: /PERSON_CONFLICT/ })
      .first()
      .press('Enter');
    const finding = page.getByRole('dialog', { name: 'PERSON_CONFLICT' });
    await finding.getByText('two people need an address each').waitFor();
    const approvers = finding.getByRole('link', { name: /approvers/ });
    await approvers.waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await approvers.click();
    await page.waitForURL(/tab=rows.*sourceRow=15/);
    await page.getByRole('button', { name: 'From RAN_MW!15:15: Show rows from everywhere' }).waitFor();
    await page
      .getByRole('row', { name: /ratnap@msp.example/ })
      .first()
      .click();
    const row = page.getByRole('dialog', { name: 'Approvers' });
    await row.getByText('RAN_MW!G15').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('Table').selectOption('clusters');
    await page.getByLabel('Find').fill('no such cluster');
    await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor();

    // Activation, after the warnings were read.
    await page.getByRole('button', { name: 'Activate' }).click();
    const activate = page.getByRole('dialog', { name: 'Activate Approval matrix 1?' });
    await activate.getByText('CLUSTER_CONFLICT (444)').waitFor();
    expect(await activate.getByRole('button', { name: 'Activate' }).isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await activate.getByLabel('I have read the 499 warnings').check();
    await activate.getByRole('button', { name: 'Activate' }).click();
    await page.getByText('Approval matrix 1 is active.').waitFor();
    await page.getByText('Warnings acknowledged').waitFor();

    // A second one, dropped; what it changes; activated.
    await page.getByRole('link', { name: 'All versions' }).click();
    await dropFile(page, await workbookOf(smallRows()));
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { name: 'Approval matrix 2' }).waitFor({ timeout: IMPORT_MS });
    await page.getByText('It can be activated.').waitFor();
    await page.getByRole('heading', { name: 'Nothing was found' }).waitFor();
    await page.getByRole('link', { name: 'Compare with the active one' }).click();
    await page.getByRole('button', { name: 'Clusters, Added: 2' }).click();
    await page.waitForURL(/kind=clusters.*change=ADDED|change=ADDED.*kind=clusters/);
    await page.getByRole('row', { name: /RAN · CL-1/ }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Swap the sides' }).click();
    await page.getByRole('button', { name: 'Clusters, Removed: 2' }).waitFor();
    await page.getByRole('button', { name: 'Clusters, Added: 8,275' }).waitFor();
    await page.getByLabel('Change', { exact: true }).selectOption('CHANGED');
    await page.getByLabel('Table', { exact: true }).selectOption('roles');
    await page.getByRole('row', { name: /Changed.*Seats.*was.*now/s }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Approval matrix 2' }).waitFor();
    await page.getByRole('button', { name: 'Activate' }).click();
    await page.getByRole('dialog').getByText('It takes the place of').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Activate' }).click();
    await page.getByText('Approval matrix 2 is active.').waitFor();

    // And back, as a version of its own.
    await page.getByRole('link', { name: 'Approval matrix 1' }).click();
    await page.getByRole('heading', { name: 'Approval matrix 1' }).waitFor();
    await page.getByRole('button', { name: 'Roll back to it' }).click();
    const rollback = page.getByRole('dialog');
    await rollback.getByText('Running workflows keep the version').waitFor();
    await rollback.getByLabel('Why').fill('The new one lacks MW.');
    expect(await accessibilityFindings(page)).toEqual([]);
    await rollback.getByRole('button', { name: 'Roll back' }).click();
    await page.getByRole('heading', { name: 'Approval matrix 3' }).waitFor();
    await page.getByText('The new one lacks MW.').waitFor();
    await page.getByText('Made from the rows of an earlier version').waitFor();
    await page.getByRole('link', { name: 'All versions' }).click();
    await page.getByRole('row', { name: /Approval matrix 3.*Rollback.*Active/s }).waitFor();
    await page.getByLabel('Status').selectOption('SUPERSEDED');
    await page.waitForURL(/status=SUPERSEDED/);
    await expect.poll(() => page.getByRole('row').count()).toBe(3);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('is downloaded as a workbook, archived when it is over, and discarded while it is a draft', async () => {
    const workspace = await console.createWorkspace('Southern programme');
    const { page, complaints } = await browser.open(workspace.people.CONFIG_MANAGER);
    await page.goto(`/w/${workspace.code}/configuration`);
    await chooseFile(page, await workbookOf(smallRows()));
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { name: 'Approval matrix 1' }).waitFor({ timeout: IMPORT_MS });
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as a workbook' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('approval-matrix-v1.xlsx');
    const downloaded = fileOf(await readFile(await file.path()), file.suggestedFilename());
    await page.getByRole('button', { name: 'Activate' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Activate' }).click();
    await page.getByText('Approval matrix 1 is active.').waitFor();

    await page.getByRole('link', { name: 'All versions' }).click();
    const { scopes } = smallRows();
    await chooseFile(
      page,
      await workbookOf(smallRows({ scopes: scopes.map((scope) => ({ ...scope, scopeName: 'Radio' })) })),
    );
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { name: 'Approval matrix 2' }).waitFor({ timeout: IMPORT_MS });
    await page.getByRole('link', { name: 'Compare with the active one' }).click();
    await page.getByRole('row', { name: /Scopes.*was RAN.*now Radio/s }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Activate' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Activate' }).click();
    await page.getByText('Approval matrix 2 is active.').waitFor();
    await page.getByRole('link', { name: 'Approval matrix 1' }).click();
    await page.getByRole('button', { name: 'Archive' }).click();
    const archive = page.getByRole('dialog', { name: 'Archive Approval matrix 1?' });
    await archive.getByText('No rollback leads to it any more').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await archive.getByRole('button', { name: 'Archive' }).click();
    await page.getByText('Approval matrix 1 was archived.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Roll back to it' }).count()).toBe(0);

    await page.getByRole('link', { name: 'All versions' }).click();
    // What was downloaded imports to the same rows.
    await chooseFile(page, downloaded);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { name: 'Approval matrix 3' }).waitFor({ timeout: IMPORT_MS });
    await page.getByRole('link', { name: 'Compare with the active one' }).click();
    const from = page.getByLabel('From');
    await from.selectOption(await from.getByText(/Approval matrix 1/).getAttribute('value'));
    await page.getByRole('heading', { name: 'No differences' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Approval matrix 3' }).waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    const discard = page.getByRole('dialog', { name: 'Discard Approval matrix 3?' });
    expect(await accessibilityFindings(page)).toEqual([]);
    await discard.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('Approval matrix 3 was discarded.').waitFor();
    await page.getByRole('row', { name: /Approval matrix 2/ }).waitFor();
    await expect.poll(() => page.getByRole('row', { name: /Approval matrix 3/ }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
