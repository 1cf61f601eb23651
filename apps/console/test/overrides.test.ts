import { createLifecycle, type Lifecycle } from '@apms/api/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';

describe.skipIf(!hasBrowser)('overrides', () => {
  useConsole();
  let life: Lifecycle;
  let path: string;
  let email: string;
  let name: string;

  beforeAll(async () => {
    life = await createLifecycle(console);
    path = `/w/${console.workspace.code}/overrides`;
    const { userId } = life.seats.PMO;
    ({ email, name } = await life.control.users.get.query({ userId }));
  });

  test('of a stage are asked for on its page, approved by somebody else, and change its approver', async () => {
    const submissionId = await life.createInReview();
    const { workflowId } = await life.vendor.submissions.get.query({ submissionId });
    const { page, complaints } = await browser.open(console.workspace.people.DOC_CONTROL);
    const review = `/w/${console.workspace.code}/workflows/${workflowId}`;
    await page.goto(review);
    const stage = page.getByRole('article', { name: 'Seat RTS' });
    await stage.getByRole('button', { name: 'Request an override' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Request it' }).click();
    await dialog.getByText('Choose who is to decide.').waitFor();
    const toDecide = dialog.getByRole('combobox', { name: 'Who is to decide' });
    await expect.poll(() => toDecide.evaluate((input) => input === document.activeElement)).toBe(true);
    await dialog.getByText('Say something here.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await toDecide.fill(email);
    await page.getByRole('option', { name: email }).click();
    await dialog.getByLabel('Reason').fill('On leave');
    await dialog.getByRole('button', { name: 'Request it' }).click();
    await page.getByText('The override is requested and awaits approval.').waitFor();
    await stage.getByText('Awaits approval').waitFor();

    const manager = await browser.open(console.workspace.people.CONFIG_MANAGER);
    await manager.page.goto(`${path}?approvalStatus=PENDING`);
    await manager.page.getByRole('row', { name: /On leave/ }).click();
    const judging = manager.page.getByRole('dialog');
    await judging.getByRole('link', { name: 'To the workflow' }).waitFor();
    expect(await accessibilityFindings(manager.page)).toEqual([]);
    await judging.getByRole('button', { name: 'Approve' }).click();
    await manager.page.getByText('The override is approved').waitFor();

    await page.goto(review);
    await stage.getByText(name).first().waitFor();
    await stage.getByText('Approved', { exact: true }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect([...complaints, ...manager.complaints]).toEqual([]);
  });

  test('of submissions, clusters and regions are asked for by what is known, and revoked', async () => {
    await life.createDraft();
    const { page } = await browser.open(console.workspace.people.CONFIG_MANAGER);
    await page.goto(path);
    const dialog = page.getByRole('dialog');
    for (const type of ['SUBMISSION', 'CLUSTER', 'REGION'] as const) {
      await page.getByRole('button', { name: 'Request an override' }).first().click();
      await dialog.getByLabel('Type').selectOption(type);
      if (type === 'SUBMISSION') {
        await dialog.getByRole('combobox', { name: 'Submission' }).fill('ATP-');
        await page.getByRole('listbox').getByRole('option').first().click();
      } else if (type === 'CLUSTER') {
        await dialog.getByRole('combobox', { name: 'Cluster' }).fill('cl');
        // It has a row for each of its scopes, and is one choice.
        await page.getByRole('listbox').getByRole('option').waitFor();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await dialog.getByLabel('Seat').selectOption('RTH · Seat RTH');
      } else {
        await dialog.getByLabel('Region').selectOption('NORTH');
      }
      await dialog.getByRole('combobox', { name: 'Who is to decide' }).fill(email);
      await page.getByRole('option', { name: email }).click();
      await dialog.getByLabel('From').fill('2998-01-02T08:00');
      await dialog.getByLabel('Until').fill('2998-01-01T08:00');
      await dialog.getByLabel('Reason').fill(`For ${type}`);
      await dialog.getByRole('button', { name: 'Request it' }).click();
      await dialog.getByText('It has to end after it begins.').waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
      await dialog.getByLabel('Until').fill('2998-02-01T08:00');
      await dialog.getByRole('button', { name: 'Request it' }).click();
      await page.getByRole('row', { name: new RegExp(`For ${type}`) }).waitFor();
    }
    await page
      .getByRole('row', { name: /For CLUSTER/ })
      .getByText('CL-1 · RTH')
      .waitFor();
    await page.getByRole('row', { name: /For REGION/ }).click();
    await dialog.getByText('somebody else with the role of an approver').waitFor();
    expect(await dialog.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await dialog.getByLabel('Comment').fill('Not needed any more');
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('The override is revoked.').waitFor();
    await page.getByRole('row', { name: /For REGION.*Revoked/ }).waitFor();
  });

  test('that are refused say so at the field, and keep what was entered', async () => {
    const { workspace } = console;
    const leaving = await console.createPerson(workspace.id, ['APPROVER']);
    const { page, complaints } = await browser.open(workspace.people.DOC_CONTROL);
    await page.goto(path);
    await page.getByRole('button', { name: 'Request an override' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Type').selectOption('REGION');
    await dialog.getByLabel('Region').selectOption('NORTH');
    const toDecide = dialog.getByRole('combobox', { name: 'Who is to decide' });
    await toDecide.fill(leaving.email);
    await page.getByRole('option', { name: leaving.email }).click();
    await dialog.getByLabel('Reason').fill('On leave');
    const suspended = { userId: leaving.userId, status: 'SUSPENDED', reason: 'Leaves' } as const;
    await console.as(workspace.people.ADMIN).users.setStatus.mutate(suspended);
    await dialog.getByRole('button', { name: 'Request it' }).click();
    await dialog.getByRole('alert').getByText('This person may not decide any more.').waitFor();
    await expect.poll(() => toDecide.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await dialog.getByLabel('Region').inputValue()).toBe('NORTH');
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('On leave');
    expect(await accessibilityFindings(page)).toEqual([]);

    await toDecide.fill(email);
    await page.getByRole('option', { name: email }).click();
    await dialog.getByRole('button', { name: 'Request it' }).click();
    await page.getByText('The override is requested and awaits approval.').waitFor();
    expect(complaints).toEqual([]);
  });

  test('have nothing to choose from while no configuration is active', async () => {
    const other = await console.createWorkspace();
    const { page } = await browser.open(other.people.DOC_CONTROL);
    await page.goto(`/w/${other.code}/overrides`);
    await page.getByRole('button', { name: 'Request an override' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Type').selectOption('CLUSTER');
    await dialog.getByText('no configuration is active').first().waitFor();
    await dialog.getByRole('combobox', { name: 'Cluster' }).click();
    await page.getByText('Nothing found').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  test('judged by somebody else meanwhile say how they stand', async () => {
    const { userId: toUserId } = life.seats.PMO;
    const { id: overrideId } = await life.control.overrides.request.mutate({
      overrideType: 'CLUSTER',
      clusterCode: 'CL-1',
      toUserId,
      reason: 'Raced for',
      effectiveFrom: '2998-01-01T00:00:00Z',
    });
    const manager = console.workspace.people.CONFIG_MANAGER;
    const { page } = await browser.open(manager);
    await page.goto(`${path}?overrideId=${overrideId}`);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Comment').fill('Agreed');
    await console.as(life.seats.RTS).overrides.reject.mutate({ overrideId });
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await dialog.getByText('Somebody was faster: it is “Rejected” by now.').waitFor();
    expect(await dialog.getByLabel('Comment').inputValue()).toBe('Agreed');
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  test('are only looked at by who may not ask for them', async () => {
    const other = await console.createWorkspace();
    const { page } = await browser.open(other.people.VIEWER);
    await page.goto(`/w/${other.code}/overrides`);
    await page.getByRole('heading', { name: 'No overrides' }).waitFor();
    expect(await page.getByRole('button', { name: 'Request an override' }).count()).toBe(0);
    expect(await accessibilityFindings(page)).toEqual([]);
  });
});
