import { createLifecycle, type Lifecycle } from '@apms/api/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser, type TestBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';

const evidence = { name: 'mended.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nmended') };

describe.skipIf(!hasBrowser)('punchlists', () => {
  useConsole();
  let life: Lifecycle;
  let path: string;

  beforeAll(async () => {
    life = await createLifecycle(console);
    path = `/w/${console.workspace.code}/punchlists`;
  });

  /** A list with one defect, raised by the first seat. */
  async function raised(): Promise<{ submissionId: string; punchlistId: string; itemId: string }> {
    const submissionId = await life.createInReview();
    await life.decide(submissionId, 'RTS', 'APPROVE_WITH_PUNCHLIST', ['MAJOR']);
    const [item] = await life.itemsOf(submissionId);
    return { submissionId, punchlistId: item?.punchlistId ?? '', itemId: item?.id ?? '' };
  }

  test('go their whole way: rectified, sent back, rectified, validated, closed', async () => {
    const { punchlistId } = await raised();
    const vendor = await browser.open(console.workspace.people.VENDOR);
    const qa = await browser.open(console.workspace.people.QA_ENGINEER);
    const approver = await browser.open(life.seats.RTS);

    await vendor.page.goto(path);
    await vendor.page
      .getByRole('row', { name: /A MAJOR defect/ })
      .first()
      .waitFor();
    expect(await accessibilityFindings(vendor.page)).toEqual([]);
    await vendor.page.goto(`${path}/${punchlistId}`);
    await rectify(vendor.page);
    await vendor.page.getByText('P-01 is rectified and awaits QA.').waitFor();
    await vendor.page.getByText('mended.pdf').waitFor();
    expect(await vendor.page.getByRole('button', { name: /Rectify|Validate|Close P|Send/ }).count()).toBe(0);

    await qa.page.goto(`${path}/${punchlistId}`);
    const download = qa.page.waitForEvent('download');
    await qa.page.getByRole('button', { name: 'Save mended.pdf' }).click();
    expect((await download).suggestedFilename()).toBe('mended.pdf');
    await qa.page.getByRole('button', { name: 'Send P-01 back' }).click();
    const dialog = qa.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Send back' }).click();
    await dialog.getByText('Say something here.').waitFor();
    expect(await accessibilityFindings(qa.page)).toEqual([]);
    await dialog.getByLabel('What is still wrong').fill('The photo is blurred.');
    await dialog.getByRole('button', { name: 'Send back' }).click();
    await qa.page.getByText('P-01 is open again.').waitFor();

    await vendor.page.reload();
    await vendor.page.getByText('The photo is blurred.').waitFor();
    await rectify(vendor.page);
    await vendor.page.getByText('P-01 is rectified and awaits QA.').waitFor();

    await qa.page.reload();
    await qa.page.getByRole('button', { name: 'Validate P-01' }).click();
    await dialog.getByRole('button', { name: 'Validate' }).click();
    await qa.page.getByText('P-01 is validated and awaits closing.').waitFor();
    expect(await qa.page.getByRole('button', { name: 'Close P-01' }).count()).toBe(0);

    await approver.page.goto(`${path}?status=QA_VALIDATED&mine=true`);
    await approver.page.getByRole('row', { name: /A MAJOR defect/ }).click();
    await approver.page.getByRole('button', { name: 'Close P-01' }).click();
    await approver.page
      .getByRole('dialog')
      .getByRole('button', { name: 'Close', exact: true })
      .last()
      .click();
    await approver.page.getByText('1 of 1 items closed').waitFor();
    expect(await accessibilityFindings(approver.page)).toEqual([]);
    expect([...vendor.complaints, ...qa.complaints, ...approver.complaints]).toEqual([]);
  });

  async function rectify(page: Awaited<ReturnType<TestBrowser['open']>>['page']): Promise<void> {
    await page.getByRole('button', { name: 'Rectify P-01' }).click();
    const dialog = page.getByRole('dialog', { name: 'Rectify P-01' });
    await dialog.getByRole('button', { name: 'Rectify' }).click();
    await dialog.getByText('Add a file that shows it mended').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.locator('input[type=file]').setInputFiles([evidence]);
    await dialog.getByText('Stored').waitFor();
    await dialog.getByLabel('Comment').fill('Mended today.');
    await dialog.getByRole('button', { name: 'Rectify' }).click();
  }

  test('that somebody else has moved meanwhile say how they stand', async () => {
    const { punchlistId, itemId } = await raised();
    await life.rectify(itemId);
    const { page } = await browser.open(console.workspace.people.QA_ENGINEER);
    await page.goto(`${path}/${punchlistId}`);
    await page.getByRole('button', { name: 'Validate P-01' }).click();
    await life.qa.punchlists.reopen.mutate({ itemId, comment: 'Not mended' });
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Comment').fill('Looks good');
    await dialog.getByRole('button', { name: 'Validate' }).click();
    await dialog.getByText('Somebody was faster: it is “Open” by now.').waitFor();
    expect(await dialog.getByLabel('Comment').inputValue()).toBe('Looks good');
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  test('take evidence again after the API was away', async () => {
    const { punchlistId } = await raised();
    const { page } = await browser.open(console.workspace.people.VENDOR);
    await page.goto(`${path}/${punchlistId}`);
    await page.getByRole('button', { name: 'Rectify P-01' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('input[type=file]').setInputFiles([evidence]);
    await dialog.getByText('Stored').waitFor();
    await console.killApi();
    await dialog.locator('input[type=file]').setInputFiles([{ ...evidence, name: 'better.pdf' }]);
    await dialog.getByText('The server does not answer.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await console.restartApi();
    await dialog.getByRole('button', { name: 'Send it again' }).click();
    await dialog.getByText('Stored').waitFor();
    await dialog.getByRole('button', { name: 'Rectify' }).click();
    await page.getByText('better.pdf').waitFor();
  });

  test('of one submission are listed together, and of another workspace not at all', async () => {
    const { submissionId, punchlistId } = await raised();
    const { page } = await browser.open(console.workspace.people.VIEWER);
    await page.goto(`${path}?submissionId=${submissionId}&status=all`);
    await page.getByRole('row', { name: /A MAJOR defect/ }).waitFor();
    await page.getByRole('tab', { name: 'Closed' }).click();
    await page.getByRole('heading', { name: 'Nothing is closed yet' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    const other = await console.createWorkspace();
    const { page: theirs } = await browser.open(other.people.ADMIN);
    await theirs.goto(`/w/${other.code}/punchlists/${punchlistId}`);
    await theirs.getByRole('heading', { name: 'It is not in this workspace' }).waitFor();
    await theirs.getByRole('link', { name: 'To the list' }).click();
    await theirs.getByRole('heading', { name: 'Nothing is to be mended' }).waitFor();
  });
});
