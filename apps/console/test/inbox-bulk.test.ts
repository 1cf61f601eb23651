import { describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { seedInbox } from './support/seed-inbox.ts';
import { browser, console, useConsole } from './support/use-console.ts';

describe.skipIf(!hasBrowser)('several stages at once', () => {
  useConsole();

  test('are approved with one comment; what another took meanwhile is told', async () => {
    const inbox = await seedInbox(console);
    const stageIds: string[] = [];
    for (const siteCode of ['B-1', 'B-2', 'B-3', 'B-4', 'B-5']) {
      stageIds.push((await inbox.start(siteCode)).stageId);
    }
    const { page, complaints } = await browser.open(inbox.approver);
    await page.goto(inbox.path);
    await page.getByRole('checkbox', { name: /B-1/ }).click();
    await page.getByRole('checkbox', { name: /B-4/ }).click({ modifiers: ['Shift'] });
    await page.getByText('4 selected').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Approve 4 stages' }).click();
    const dialog = page.getByRole('dialog', { name: 'Approve 4 stages' });
    await dialog.getByLabel('Comment for all of them').fill('Seen on site');
    expect(await accessibilityFindings(page)).toEqual([]);
    await console.as(inbox.approver, inbox.workspace).workflows.decide.mutate({
      stageId: stageIds[1] ?? '',
      decision: 'REJECT',
      items: [{ description: 'Wrong grounding', severity: 'CRITICAL' }],
    });
    await dialog.getByRole('button', { name: 'Approve 4 stages' }).click();
    await dialog.getByText('3 stages were approved.').waitFor();
    await dialog.getByText('1 could not be approved:').waitFor();
    await dialog.getByText(/The stage is REJECTED/).waitFor();
    await dialog.getByText('B-2, RAN, RTS').waitFor();
    expect(await dialog.getByRole('link', { name: 'Timeline' }).count()).toBe(1);
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('row', { name: /B-4/ }).waitFor({ state: 'detached' });
    expect(await page.locator('tbody').getByRole('row').allInnerTexts()).toEqual([
      expect.stringContaining('B-5'),
    ]);
    expect(await page.getByText('selected').count()).toBe(0);
    const approved = await console.database.prisma.workflowStage.findMany({
      where: { id: { in: stageIds }, comment: 'Seen on site' },
    });
    expect(approved.map(({ status }) => status)).toEqual(['APPROVED', 'APPROVED', 'APPROVED']);
    expect(complaints).toEqual([]);
  });

  test('that did not get through are tried again alone, and each is approved once', async () => {
    const inbox = await seedInbox(console);
    const stageIds = new Map<string, string>();
    for (const siteCode of ['C-1', 'C-2', 'C-3'])
      stageIds.set(siteCode, (await inbox.start(siteCode)).stageId);
    const { page } = await browser.open(inbox.approver);
    await page.goto(inbox.path);
    await page.getByRole('row', { name: /C-1/ }).press('x');
    await page.getByRole('row', { name: /C-3/ }).press('Shift+X');
    await page.getByRole('button', { name: 'Approve 3 stages' }).click();
    const dialog = page.getByRole('dialog');
    // The answers of one are lost on the way: whether it was approved, nobody here knows.
    const lost = stageIds.get('C-2') ?? '';
    await page.route('**/workflows.decide*', async (route) => {
      if (route.request().postData()?.includes(lost) !== true) return await route.continue();
      await route.fetch();
      return await route.abort();
    });
    await dialog.getByRole('button', { name: 'Approve 3 stages' }).click();
    await dialog.getByText('2 stages were approved.').waitFor();
    await dialog.getByText('1 did not get through:').waitFor();
    await page.unroute('**/workflows.decide*');
    await dialog.getByRole('button', { name: 'Try 1 again' }).click();
    await dialog.getByText('3 stages were approved.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('heading', { name: 'Nothing awaits you' }).waitFor();
    const actions = await console.database.prisma.workflowStageAction.count({
      where: { workflowStageId: { in: [...stageIds.values()] }, actionType: 'APPROVED' },
    });
    expect(actions).toBe(3);
  });

  test('wait while the API is away, and are stopped when one wants it', async () => {
    const inbox = await seedInbox(console);
    for (let number = 1; number <= 12; number += 1) await inbox.start(`D-${100 + number}`);
    const { page } = await browser.open(inbox.approver);
    await page.goto(inbox.path);
    await page.getByRole('checkbox', { name: 'Select all that are shown' }).check();
    await page.getByRole('button', { name: 'Approve 12 stages' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Comment for all of them').waitFor();
    await console.killApi();
    await dialog.getByRole('button', { name: 'Approve 12 stages' }).click();
    await dialog.getByRole('progressbar', { name: 'Approving …' }).waitFor();
    // Half of them may be sent by now: nothing but an answer closes the dialog.
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Stop' }).click();
    await dialog.getByText('None was approved.').waitFor();
    await dialog.getByText(/were not sent\./).waitFor();
    await console.restartApi();
    await dialog.getByRole('button', { name: 'Try 12 again' }).click();
    await dialog.getByText('12 stages were approved.').waitFor();
    const { items } = await console.as(inbox.approver, inbox.workspace).workflows.inbox.query({});
    expect(items).toEqual([]);
  });
});
