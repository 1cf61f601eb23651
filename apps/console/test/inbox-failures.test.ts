import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { type SeededInbox, seedInbox } from './support/seed-inbox.ts';
import { PASSWORD, startConsole } from './support/start-console.ts';
import { browser, console, useConsole } from './support/use-console.ts';

describe.skipIf(!hasBrowser)('a decision', () => {
  useConsole(() => startConsole({ DOCUMENT_LIMIT_BYTES: '1000' }));
  let inbox: SeededInbox;

  beforeAll(async () => {
    inbox = await seedInbox(console);
  });

  async function openDialog(siteCode: string, { key = 'a', isLive = true } = {}) {
    const { page } = await browser.open(inbox.approver);
    if (!isLive) await page.route('**/*inboxChanges*', (route) => route.abort());
    await page.goto(inbox.path);
    await page.getByRole('row', { name: new RegExp(siteCode) }).press(key);
    const dialog = page.getByRole('dialog', { name: new RegExp(siteCode) });
    await dialog.getByLabel('Comment').waitFor();
    return { page, dialog };
  }

  const statusOf = async (stageId: string) =>
    (await console.as(inbox.approver, inbox.workspace).workflows.getStage.query({ stageId })).status;

  test('is kept while the API is away, and sent when it is back', async () => {
    const { stageId } = await inbox.start('AWAY-1');
    const { page, dialog } = await openDialog('AWAY-1');
    await dialog.getByLabel('Comment').fill('All is well');
    await console.killApi();
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
    await dialog.getByText('The server does not answer.').waitFor();
    expect(await dialog.getByLabel('Comment').inputValue()).toBe('All is well');
    expect(await accessibilityFindings(page)).toEqual([]);
    await console.restartApi();
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByText('AWAY-1 is approved.').waitFor();
    expect(await statusOf(stageId)).toBe('APPROVED');
  });

  test('goes on after signing in again, when the session has ended', async () => {
    const { stageId } = await inbox.start('LATE-1');
    const { page, dialog } = await openDialog('LATE-1', { isLive: false });
    await dialog.getByLabel('Comment').fill('Typed for a long time');
    await console.database.prisma.session.deleteMany({ where: { userId: inbox.approver.userId } });
    // As after the minute for which a process remembers whom it knows.
    await console.killApi();
    await console.restartApi();
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
    const again = page.getByRole('dialog', { name: 'Sign in again' });
    await again.getByLabel('Password').fill(PASSWORD);
    await again.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('LATE-1 is approved.').waitFor();
    expect(await statusOf(stageId)).toBe('APPROVED');
  });

  test('that somebody else took meanwhile is told so, by whom and when, and keeps its text', async () => {
    const { stageId, workflowId } = await inbox.start('TAKEN-1');
    const { page, dialog } = await openDialog('TAKEN-1', { isLive: false });
    await dialog.getByLabel('Comment').fill('Mine');
    await console.as(inbox.workspace.people.DOC_CONTROL, inbox.workspace).workflows.reassign.mutate({
      stageId,
      toUserId: inbox.next.userId,
      reason: 'On leave',
    });
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
    await dialog.getByText(/This stage awaits .*, not you/).waitFor();
    expect(await dialog.getByLabel('Comment').inputValue()).toBe('Mine');
    expect(await dialog.getByRole('link', { name: /timeline/ }).getAttribute('href')).toContain(workflowId);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await statusOf(stageId)).toBe('PENDING');
  });

  test('on a stage of somebody else, or of nobody, is not offered', async () => {
    const { stageId } = await inbox.start('THEIRS-1');
    const { page } = await browser.open(inbox.next);
    await page.goto(`${inbox.path}/${stageId}`);
    await page.getByText(/This stage awaits .*, not you/).waitFor();
    expect(await page.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.goto(`${inbox.path}/no-such-stage`);
    await page.getByText(/There is no workflowStage no-such-stage/).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    const { page: viewers } = await browser.open(inbox.workspace.people.VIEWER);
    await viewers.goto(inbox.path);
    await viewers.getByRole('heading', { name: 'Your role does not include this page' }).waitFor();
  });

  test('refuses files that are not accepted, before they are sent and after', async () => {
    await inbox.start('FILES-1');
    const { page, dialog } = await openDialog('FILES-1');
    const choose = (name: string, mimeType: string, content: string) =>
      dialog.getByLabel('Attach files').setInputFiles({ name, mimeType, buffer: Buffer.from(content) });
    await choose('tool.exe', 'application/x-msdownload', 'MZ');
    await dialog.getByText('Files of this kind are not accepted.').waitFor();
    await choose('not-a-picture.png', 'image/png', 'a text');
    await dialog.getByText(/Documents of type .* are not accepted/).waitFor();
    await choose('large.txt', 'text/plain', 'x'.repeat(2_000));
    await dialog.getByText(/larger than 1000 bytes/).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await console.killApi();
    await choose('later.txt', 'text/plain', 'measured');
    await dialog.getByText('The server does not answer.').waitFor();
    await console.restartApi();
    await dialog
      .getByRole('listitem')
      .filter({ hasText: 'later.txt' })
      .getByRole('button', { name: 'Send it again' })
      .click();
    await dialog.getByRole('button', { name: 'Take later.txt off the list' }).waitFor();
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByText('FILES-1 is approved.').waitFor();
  });

  test('is a draft until it is sent, on this tab, for this person', async () => {
    const { stageId } = await inbox.start('DRAFT-1');
    const { page, dialog } = await openDialog('DRAFT-1', { key: 'r' });
    await dialog.getByLabel('Comment').fill('To be thought over');
    await dialog.getByRole('button', { name: 'Add a defect' }).click();
    await dialog.getByRole('textbox', { name: 'Defect 1' }).fill('Wrong grounding');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('row', { name: /DRAFT-1/ }).press('r');
    expect(await dialog.getByLabel('Comment').inputValue()).toBe('To be thought over');
    expect(await dialog.getByRole('textbox', { name: 'Defect 1' }).inputValue()).toBe('Wrong grounding');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await page.getByText('DRAFT-1 is rejected.').waitFor();
    expect(await statusOf(stageId)).toBe('REJECTED');
    expect(
      await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes('draft'))),
    ).toEqual([]);
  });
});
