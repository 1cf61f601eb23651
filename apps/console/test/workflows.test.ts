import { createLifecycle, type Lifecycle } from '@apms/api/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';

describe.skipIf(!hasBrowser)('workflows', () => {
  useConsole();
  let life: Lifecycle;
  let path: string;

  beforeAll(async () => {
    life = await createLifecycle(console);
    path = `/w/${console.workspace.code}/workflows`;
  });

  async function review(scopeCode = 'RAN'): Promise<{ submissionId: string; workflowId: string }> {
    const submissionId = await life.createInReview(scopeCode);
    const { workflowId } = await life.vendor.submissions.get.query({ submissionId });
    return { submissionId, workflowId: workflowId ?? '' };
  }

  test('show who decided when, under which configuration, and what was raised', async () => {
    const { submissionId, workflowId } = await review('MW');
    await life.decide(submissionId, 'RTS', 'APPROVE_WITH_PUNCHLIST', ['MINOR']);
    const stageId = await life.stageOf(submissionId, 'RTS');
    await life.control.workflows.comment.mutate({ stageId, comment: 'Seen on site.' });
    const { page, complaints } = await browser.open(console.workspace.people.VIEWER);
    await page.goto(`${path}/${workflowId}`);
    const decided = page.getByRole('article', { name: 'Seat RTS' });
    await decided.getByText('Approved with punchlist', { exact: true }).first().waitFor();
    await decided.getByText('0 of 1 items closed').waitFor();
    await decided.getByText('Log: 3 entries, 1 remark').click();
    await decided.getByText('Seen on site.').waitFor();
    const together = page.getByRole('region', { name: 'Together: all of these decide' });
    expect(await together.getByRole('article').count()).toBe(2);
    await page.getByText('Found for any vendor and category.').waitFor();
    await page.getByText(/test\.xlsx, imported by/).waitFor();
    const version = page.getByRole('link', { name: 'Version 1' });
    expect(await version.getAttribute('href')).toMatch(/\/configuration\/[^/]+$/);
    expect(await page.getByRole('button', { name: /Reassign|Put on hold|Comment/ }).count()).toBe(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await decided.getByRole('link').first().click();
    await page.getByRole('heading', { name: /defect/ }).waitFor();
  });

  test('are found by the address', async () => {
    const { workflowId } = await review();
    await life.control.workflows.hold.mutate({ workflowId, reason: 'No access' });
    const { page } = await browser.open(console.workspace.people.DOC_CONTROL);
    await page.goto(`${path}?status=ON_HOLD&scopeCode=RAN`);
    await page.getByRole('row', { name: /On hold/ }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('Overdue').check();
    await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor();
    expect(new URL(page.url()).searchParams.get('breached')).toBe('true');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByRole('row', { name: /On hold/ }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
  });

  test('are managed: commented, reassigned, put on hold, resumed and cancelled, each with a reason', async () => {
    const { workflowId } = await review();
    const { page, complaints } = await browser.open(console.workspace.people.DOC_CONTROL);
    await page.goto(`${path}/${workflowId}`);
    const stage = page.getByRole('article', { name: 'Seat RTS' });
    const dialog = page.getByRole('dialog');
    await stage.getByRole('button', { name: 'Comment' }).click();
    await dialog.getByLabel('Comment').fill('Please hurry.');
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Comment' }).click();
    await page.getByText('Your comment is in the log of Seat RTS.').waitFor();

    const { userId: newApprover } = life.seats.PMO;
    const { email, name } = await console
      .as(console.workspace.people.ADMIN)
      .users.get.query({ userId: newApprover });
    await stage.getByRole('button', { name: 'Reassign' }).click();
    await dialog.getByLabel('Reason').fill('On leave');
    await dialog.getByRole('button', { name: 'Reassign' }).click();
    await dialog.getByText('Choose who is to decide.').waitFor();
    await dialog.getByRole('combobox', { name: 'New approver' }).fill(email);
    await page.getByRole('option', { name: email }).click();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Reassign' }).click();
    await page.getByText('Seat RTS has a new approver.').waitFor();
    await stage.getByText(name).first().waitFor();

    await page.getByRole('button', { name: 'Put on hold' }).click();
    await dialog.getByLabel('Reason').fill('No access to the site');
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Put on hold' }).click();
    await page.getByText('The workflow is on hold.').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await dialog.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('The workflow goes on.').waitFor();
    await page.getByRole('button', { name: 'Cancel the workflow' }).click();
    await dialog.getByRole('button', { name: 'Cancel the workflow' }).click();
    await dialog.getByText('Say something here.').waitFor();
    await dialog.getByLabel('Reason').fill('The site is given up.');
    await dialog.getByRole('button', { name: 'Cancel the workflow' }).click();
    await page.getByText('The workflow was cancelled.').waitFor();
    await page.getByRole('button', { name: 'Put on hold' }).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  test('are decided on their own page by whom they await', async () => {
    const { workflowId } = await review();
    const { page, complaints } = await browser.open(life.seats.RTS);
    await page.goto(`${path}/${workflowId}`);
    await page.getByRole('button', { name: 'Decide' }).waitFor();
    expect(await page.getByRole('button', { name: 'Decide' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
    await page
      .getByRole('article', { name: 'Seat RTS' })
      .getByText('Approved', { exact: true })
      .first()
      .waitFor();
    await page.getByRole('article', { name: 'Seat RTH' }).getByText('Pending', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('that somebody else has moved meanwhile say how they stand', async () => {
    const { workflowId } = await review();
    const { page } = await browser.open(console.workspace.people.DOC_CONTROL);
    await page.goto(`${path}/${workflowId}`);
    await page.getByRole('button', { name: 'Put on hold' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('Too late');
    await life.control.workflows.cancel.mutate({ workflowId, reason: 'Given up' });
    await dialog.getByRole('button', { name: 'Put on hold' }).click();
    await dialog.getByText('Somebody was faster: it is “Cancelled” by now.').waitFor();
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('Too late');
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  test('say what to do while the API is away, and that another workspace has them', async () => {
    const { workflowId } = await review();
    const other = await console.createWorkspace();
    const { page } = await browser.open(other.people.ADMIN);
    await page.goto(`/w/${other.code}/workflows/${workflowId}`);
    await page.getByRole('heading', { name: 'It is not in this workspace' }).waitFor();
    await page.getByRole('link', { name: 'To the list' }).click();
    await page.getByRole('heading', { name: 'No workflows yet' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);

    const { page: mine } = await browser.open(console.workspace.people.DOC_CONTROL);
    await mine.goto(`${path}/${workflowId}`);
    await mine.getByRole('button', { name: 'Put on hold' }).click();
    const dialog = mine.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('No access');
    await console.killApi();
    await dialog.getByRole('button', { name: 'Put on hold' }).click();
    await dialog.getByText('The server does not answer.').waitFor();
    await console.restartApi();
    await dialog.getByRole('button', { name: 'Put on hold' }).click();
    await mine.getByText('The workflow is on hold.').waitFor();
  });
});
