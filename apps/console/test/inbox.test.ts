import { describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { type SeededInbox, seedInbox } from './support/seed-inbox.ts';
import { browser, console, useConsole } from './support/use-console.ts';

describe.skipIf(!hasBrowser)('the inbox', () => {
  useConsole();

  const approveAs = ({ approver, workspace }: SeededInbox, stageId: string) =>
    console.as(approver, workspace).workflows.decide.mutate({ stageId, decision: 'APPROVE' });

  test('is where an approver begins: the most urgent first, opened beside the list, decided with defects and photos', async () => {
    const inbox = await seedInbox(console);
    await inbox.start('LKT-001');
    await inbox.submit('LKT-002');
    await makeOverdue('LKT-002');
    const { page, complaints } = await browser.open(inbox.approver);
    await page.goto('/');
    await page.getByRole('row', { name: /LKT-001/ }).waitFor();
    expect(await page.getByRole('row').nth(1).innerText()).toMatch(
      /LKT-002[^]*RTS\s+Stage 1 of 3\s+Overdue\s+\d+ days? ago/,
    );
    expect(await page.title()).toBe('Inbox (2) · APMS');
    expect(await accessibilityFindings(page)).toEqual([]);

    await page.getByRole('row', { name: /LKT-002/ }).click();
    const stage = page.getByRole('region', { name: 'The stage to decide' });
    await stage.getByText(/ATP-\d+-\d+, revision 1/).waitFor();
    await stage.getByText('None is open.').waitFor();
    expect(await stage.getByRole('link', { name: 'Version 1' }).getAttribute('href')).toMatch(
      /\/configuration\//,
    );
    const download = page.waitForEvent('download');
    await stage.getByRole('button', { name: 'Save report.pdf' }).click();
    expect((await download).suggestedFilename()).toBe('report.pdf');
    expect(await accessibilityFindings(page)).toEqual([]);

    await stage.getByRole('button', { name: 'Approve with punchlist' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Comment').fill('Good work, but for the labels');
    await dialog.getByRole('button', { name: 'Approve with punchlist' }).click();
    await dialog.getByText('Add at least one defect').waitFor();
    await dialog.getByRole('button', { name: 'Add a defect' }).click();
    await dialog.getByRole('textbox', { name: 'Defect 1' }).fill('Labels are missing');
    await dialog.getByLabel('Severity').selectOption('Critical');
    await dialog.getByRole('button', { name: 'Approve with punchlist' }).click();
    await dialog.getByText('A critical defect rejects the stage').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByLabel('Severity').selectOption('Minor');
    await dialog.getByLabel('Attach photos of defect 1').setInputFiles({
      name: 'labels.png',
      mimeType: 'image/png',
      buffer: PNG,
    });
    await dialog.getByRole('button', { name: 'Take labels.png off the list' }).waitFor();
    await dialog.getByRole('button', { name: 'Approve with punchlist' }).click();
    await page.getByText('LKT-002 is approved with a punchlist.').waitFor();
    // On to the next.
    await stage.getByRole('heading', { name: /LKT-001/ }).waitFor();
    await page.getByRole('row', { name: /LKT-002/ }).waitFor({ state: 'detached' });

    const { items } = await console.as(inbox.next, inbox.workspace).workflows.inbox.query({});
    const { page: theirs } = await browser.open(inbox.next);
    await theirs.goto(`${inbox.path}/${items[0]?.stageId ?? ''}`);
    const seen = theirs.getByRole('region', { name: 'The stage to decide' });
    await seen.getByText('Good work, but for the labels').waitFor();
    await seen.getByText('P-01: labels.png').waitFor();
    await seen.getByText('Labels are missing').waitFor();
    expect(complaints).toEqual([]);
  });

  test('is narrowed down by the address, and says so when nothing fits', async () => {
    const inbox = await seedInbox(console);
    await inbox.start('NORTH-1', 'RAN');
    await inbox.start('SOUTH-1', 'MW');
    const { page } = await browser.open(inbox.approver);
    await page.goto(`${inbox.path}?scopeCode=MW`);
    await page.getByRole('row', { name: /SOUTH-1/ }).waitFor();
    expect(await page.getByRole('row', { name: /NORTH-1/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByRole('row', { name: /NORTH-1/ }).waitFor();
    await page.getByLabel('Site').fill('south');
    await page.getByRole('row', { name: /NORTH-1/ }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('?search=south');
    await page.getByLabel('Time').selectOption('Overdue');
    await page.getByRole('heading', { name: 'No stage fits' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  test('offers every scope and seat to narrow down by, also of what was not read yet', async () => {
    const inbox = await seedInbox(console);
    await inbox.start('FIRST-1', 'RAN');
    await inbox.fill(100);
    await inbox.start('LAST-1', 'MW');
    const { page } = await browser.open(inbox.approver);
    await page.goto(inbox.path);
    await page.getByRole('row', { name: /FIRST-1/ }).waitFor();
    expect(await page.getByRole('row', { name: /LAST-1/ }).count()).toBe(0);
    await expect
      .poll(() => page.getByLabel('Scope').getByRole('option').allInnerTexts())
      .toEqual(['All', 'MW', 'RAN']);
    expect(await page.getByLabel('Seat').getByRole('option').allInnerTexts()).toEqual(['All', 'RTS']);
    await page.getByLabel('Scope').selectOption('MW');
    await page.getByRole('row', { name: /FIRST-1/ }).waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /LAST-1/ }).waitFor();
    // What it is narrowed down by stays to be seen, when nothing of it is left.
    const [task] = (
      await console.as(inbox.approver, inbox.workspace).workflows.inbox.query({ scopeCode: 'MW' })
    ).items;
    await approveAs(inbox, task?.stageId ?? '');
    await page.getByRole('heading', { name: 'No stage fits' }).waitFor();
    expect(await page.getByLabel('Scope').inputValue()).toBe('MW');
  });

  test('says what was decided last when nothing awaits', async () => {
    const inbox = await seedInbox(console);
    const { page, complaints } = await browser.open(inbox.approver);
    await page.goto(inbox.path);
    await page.getByText('New stages appear here by themselves.').waitFor();
    expect(await page.getByText('You last').count()).toBe(0);
    const { stageId } = await inbox.start('DONE-1');
    await page.getByRole('row', { name: /DONE-1/ }).waitFor();
    await approveAs(inbox, stageId);
    await page.getByText(/^You last approved DONE-1, RAN on \w+ \d+, \d+/).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'DONE-1, RAN' }).click();
    await page.getByRole('heading', { level: 1, name: /DONE-1/ }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('is decided without a mouse', async () => {
    const inbox = await seedInbox(console);
    for (const siteCode of ['K-1', 'K-2', 'K-3']) await inbox.start(siteCode);
    const { page } = await browser.open(inbox.approver);
    await page.goto(inbox.path);
    await page.getByRole('row', { name: /K-1/ }).press('?');
    await page.getByRole('dialog', { name: 'Keys of the inbox' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const stage = page.getByRole('region', { name: 'The stage to decide' });
    await page.keyboard.press('Enter');
    await stage.getByRole('heading', { name: /K-1/ }).waitFor();
    await page.keyboard.press('j');
    await stage.getByRole('heading', { name: /K-2/ }).waitFor();
    // Into the stage, on to the next from there, and back to the list.
    await page.keyboard.press('Enter');
    await page.keyboard.press('j');
    await stage.getByRole('heading', { name: /K-3/ }).waitFor();
    await page.keyboard.press('k');
    await stage.getByRole('heading', { name: /K-2/ }).waitFor();
    await page.keyboard.press('Escape');
    await stage.waitFor({ state: 'detached' });
    expect(await page.locator('tr:focus').innerText()).toContain('K-2');
    await page.keyboard.press('a');
    await page.getByRole('dialog', { name: /K-2/ }).getByLabel('Comment').waitFor();
    await page.keyboard.type('As discussed');
    await page.keyboard.press('Control+Enter');
    await page.getByText('K-2 is approved.').waitFor();
    await page.getByRole('row', { name: /K-2/ }).waitFor({ state: 'detached' });
    // The row that took its place has the focus.
    await page.locator('tr:focus', { hasText: 'K-3' }).waitFor();
    await page.keyboard.press('r');
    await page.getByRole('radio', { name: 'Reject' }).and(page.locator(':checked')).waitFor();
  });

  test('changes by itself, and leaves focus, selection and what is entered alone', async () => {
    const inbox = await seedInbox(console);
    const stages = new Map<string, string>();
    for (const siteCode of ['L-1', 'L-2', 'L-3']) stages.set(siteCode, (await inbox.start(siteCode)).stageId);
    const { page } = await browser.open(inbox.approver);
    await page.goto(inbox.path);
    await page.getByRole('row', { name: /L-3/ }).press('x');
    await page.getByRole('row', { name: /L-2/ }).focus();
    await inbox.start('L-4');
    await page.getByRole('row', { name: /L-4/ }).waitFor();
    await approveAs(inbox, stages.get('L-1') ?? '');
    await page.getByRole('row', { name: /L-1/ }).waitFor({ state: 'detached' });
    expect(await page.locator('tr:focus').innerText()).toContain('L-2');
    expect(await page.getByRole('checkbox', { name: /L-3/ }).isChecked()).toBe(true);

    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: /L-2/ });
    await dialog.getByLabel('Comment').fill('Half a sen');
    await approveAs(inbox, stages.get('L-2') ?? '');
    await dialog.getByText(/has decided this stage meanwhile: Approved/).waitFor();
    expect(await dialog.getByLabel('Comment').inputValue()).toBe('Half a sen');
    expect(await dialog.getByRole('button', { name: 'Approve', exact: true }).isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.locator('tr:focus', { hasText: 'L-3' }).waitFor();
  });

  test('reads one page anew when it changes, however far it was read, and shows nothing as it was', async () => {
    const inbox = await seedInbox(console);
    const { stageId } = await inbox.start('TOP-1');
    await inbox.fill(300);
    const { page, complaints } = await browser.open(inbox.approver);
    // A page that is read on has a cursor.
    const reads: ('first' | 'further')[] = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!/[/,]workflows\.inbox(?:,|$)/.test(url.pathname)) return;
      reads.push(url.search.includes('cursor') ? 'further' : 'first');
    });
    await page.goto(inbox.path);
    await page.getByRole('row', { name: /TOP-1/ }).focus();
    const last = page.getByRole('row', { name: /COPY-300/ });
    const readAll = async () => {
      await expect
        .poll(async () => {
          await page.locator('tr:focus').press('End');
          return await last.count();
        })
        .toBe(1);
    };
    await readAll();
    expect(reads).toContain('further');

    // At the end of it, all before is in use.
    await inbox.decide('COPY-299');
    await page.getByRole('row', { name: /COPY-299/ }).waitFor({ state: 'detached' });
    expect(await page.locator('tr:focus').innerText()).toContain('COPY-300');

    await page.locator('tr:focus').press('Home');
    await page.locator('tr:focus', { hasText: 'TOP-1' }).waitFor();
    await page.waitForFunction(() => window.scrollY < 500);
    reads.length = 0;
    await inbox.decide('COPY-298');
    await approveAs(inbox, stageId);
    await page.getByRole('row', { name: /TOP-1/ }).waitFor({ state: 'detached' });
    expect(new Set(reads)).toEqual(new Set(['first']));
    await page.locator('tr:focus[aria-rowindex="2"]').waitFor();
    await readAll();
    expect(await page.getByRole('row', { name: /COPY-298/ }).count()).toBe(0);
    expect(await page.getByRole('row', { name: /COPY-297/ }).count()).toBe(1);

    // What is selected is in use wherever it is.
    await page.locator('tr:focus').press('x');
    await page.locator('tr:focus').press('Home');
    await page.locator('tr:focus[aria-rowindex="2"]').waitFor();
    await inbox.decide('COPY-002');
    await page.getByRole('row', { name: /COPY-002/ }).waitFor({ state: 'detached' });
    await page.getByText('1 selected').waitFor();
    expect(complaints).toEqual([]);
  });

  test('says that the connection was lost, and shows what happened when it is back', async () => {
    const inbox = await seedInbox(console);
    const { stageId } = await inbox.start('R-1');
    await inbox.start('R-2');
    const { page } = await browser.open(inbox.approver);
    // Until the connection is there, it cannot be lost.
    const connected = page.waitForResponse(/inboxChanges/);
    await page.goto(inbox.path);
    await page.getByRole('row', { name: /R-1/ }).waitFor();
    await connected;
    await console.killApi();
    await page.getByText('The live connection was lost.').waitFor();
    expect(await page.getByRole('row', { name: /R-1/ }).count()).toBe(1);
    expect(await accessibilityFindings(page)).toEqual([]);
    await console.restartApi();
    await approveAs(inbox, stageId);
    await page.getByRole('row', { name: /R-1/ }).waitFor({ state: 'detached', timeout: 30_000 });
    await page.getByText('The live connection was lost.').waitFor({ state: 'detached' });
  });

  test('is decided with the thumb', async () => {
    const inbox = await seedInbox(console);
    await inbox.start('PHONE-1');
    const { page } = await browser.open(inbox.approver, {
      viewport: { width: 320, height: 640 },
      hasTouch: true,
      isMobile: true,
    });
    await page.goto(inbox.path);
    await page.getByRole('row', { name: /PHONE-1/ }).tap();
    await page.getByRole('heading', { name: /PHONE-1/ }).waitFor();
    expect(await page.getByRole('grid').count()).toBe(0);
    const { scrollWidth } = await page.evaluate(() => ({
      scrollWidth: document.documentElement.scrollWidth,
    }));
    expect(scrollWidth).toBe(320);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Approve', exact: true }).tap();
    await page.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).tap();
    await page.getByRole('heading', { name: 'Nothing awaits you' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  async function makeOverdue(siteCode: string): Promise<void> {
    await console.database.pool.query(
      `update workflow_stages s
       set opened_at = opened_at - interval '3 days', sla_due_at = sla_due_at - interval '3 days'
       from workflow_instances w join sites si on si.id = w.site_id
       where w.id = s.workflow_id and s.status = 'PENDING' and si.site_code = $1`,
      [siteCode],
    );
  }
});

/** One transparent pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
