import { describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';
import { activateRows, importRows, smallRows } from './support/workbooks.ts';

describe.skipIf(!hasBrowser)('the seats of a draft', () => {
  useConsole();

  test('are filled anew, in order and for a while', async () => {
    const workspace = await console.createWorkspace();
    const { id: configVersionId } = await importRows(console, smallRows(), workspace);
    const { page, complaints } = await browser.open(workspace.people.CONFIG_MANAGER);
    await page.goto(`/w/${workspace.code}/configuration/${configVersionId}?tab=rows&kind=approvers`);
    await page.getByRole('row', { name: /CL-1.*budi@opco.example/s }).click();
    await page.getByRole('button', { name: 'Change who sits here' }).click();
    const dialog = page.getByRole('dialog', { name: 'RTS for CL-1' });
    const people = dialog.getByRole('list', { name: 'People in the seat' }).getByRole('listitem');
    await expect.poll(() => people.allInnerTexts()).toHaveLength(2);
    expect(await accessibilityFindings(page)).toEqual([]);

    await dialog.getByRole('button', { name: 'Ask Adi later' }).click();
    await expect.poll(() => people.first().innerText()).toContain('Budi');
    await expect.poll(() => page.locator(':focus').getAttribute('aria-label')).toBe('Ask Adi later');
    await dialog.getByRole('button', { name: 'Remove Adi' }).click();
    await dialog.getByRole('combobox', { name: 'Add somebody' }).fill('citra');
    await page.getByRole('option', { name: /Citra/ }).click();
    await people.filter({ hasText: 'Citra' }).waitFor();
    await dialog.getByRole('combobox', { name: 'Add somebody' }).fill('budi');
    await page.getByRole('option', { name: /Budi/ }).click();
    await dialog.getByText('Budi sits here already.').waitFor();
    await people.first().getByLabel('From').fill('2026-02-01');
    await people.first().getByLabel('Until').fill('2026-01-31');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('The last day is before the first one.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await people.first().getByLabel('Until').fill('2026-12-31');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('RTS for CL-1 was saved.').waitFor();
    await page.getByRole('row', { name: /CL-1.*citra@opco.example/s }).waitFor();

    const viewer = console.as(workspace.people.VIEWER, workspace);
    const { items } = await viewer.clusterApprovers.list.query({ configVersionId, clusterCode: 'CL-1' });
    expect(items.toSorted((a, b) => a.rank - b.rank)).toMatchObject([
      { email: 'budi@opco.example', effectiveFrom: '2026-02-01', effectiveTo: '2026-12-31' },
      { email: 'citra@opco.example', effectiveFrom: null, effectiveTo: null },
    ]);

    // An empty seat is found to be one.
    await page.getByLabel('Table').selectOption('clusters');
    await page.getByRole('row', { name: /CL-2/ }).click();
    await page.getByRole('button', { name: 'RTS', exact: true }).click();
    const other = page.getByRole('dialog', { name: 'RTS for CL-2' });
    await other.getByRole('button', { name: 'Remove Budi' }).click();
    await other.getByText('cannot start without an override').waitFor();
    await other.getByRole('button', { name: 'Save' }).click();
    await page.getByText('RTS for CL-2 was saved.').waitFor();
    await page.getByRole('tab', { name: 'Findings (1)' }).click();
    await page.getByRole('row', { name: /CLUSTER_SEAT_EMPTY/ }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('stay as they are once the version is active, and what was changed is still there', async () => {
    const workspace = await console.createWorkspace();
    const { id: configVersionId } = await importRows(console, smallRows(), workspace);
    const { page } = await browser.open(workspace.people.CONFIG_MANAGER);
    const path = `/w/${workspace.code}/configuration/${configVersionId}?tab=rows&kind=approvers`;
    await page.goto(path);
    await page.getByRole('row', { name: /CL-2/ }).click();
    await page.getByRole('button', { name: 'Change who sits here' }).click();
    const dialog = page.getByRole('dialog', { name: 'RTS for CL-2' });
    await dialog.getByLabel('From').fill('2026-02-01');
    const manager = console.as(workspace.people.CONFIG_MANAGER, workspace);
    await manager.configVersions.activate.mutate({ configVersionId });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('only a DRAFT can be edited').waitFor();
    expect(await dialog.getByLabel('From').inputValue()).toBe('2026-02-01');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.goto(path);
    await page.getByRole('row', { name: /CL-2/ }).click();
    await page.getByRole('dialog', { name: 'Approvers' }).waitFor();
    expect(await page.getByRole('button', { name: 'Change who sits here' }).count()).toBe(0);
  });

  test('are not offered to those who may only read', async () => {
    const workspace = await console.createWorkspace();
    await activateRows(console, smallRows(), workspace);
    const draft = await importRows(
      console,
      smallRows({ vendors: smallRows().vendors.map((row) => ({ ...row, vendorName: 'Another' })) }),
      workspace,
    );
    const { page } = await browser.open(workspace.people.VIEWER);
    await page.goto(`/w/${workspace.code}/configuration/${draft.id}?tab=rows&kind=approvers`);
    await page.getByRole('row', { name: /CL-2/ }).click();
    await page.getByRole('dialog', { name: 'Approvers' }).waitFor();
    expect(await page.getByRole('button', { name: 'Change who sits here' }).count()).toBe(0);
  });
});
