import { createLifecycle, type Lifecycle } from '@apms/api/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';

describe.skipIf(!hasBrowser)('the cover page', () => {
  useConsole();
  let life: Lifecycle;
  let path: string;

  beforeAll(async () => {
    life = await createLifecycle(console);
    path = `/w/${console.workspace.code}/submissions`;
  });

  test('states what was approved by whom under which configuration, and what is open', async () => {
    const submissionId = await life.createInReview('MW');
    await life.decide(submissionId, 'RTS', 'REJECT', ['CRITICAL']);
    for (const { id } of await life.itemsOf(submissionId)) await life.rectify(id);
    await life.attach(submissionId);
    await life.vendor.submissions.resubmit.mutate({ submissionId });
    await life.qa.submissions.acceptQa.mutate({ submissionId });
    await life.decide(submissionId, 'RTS');
    await life.decide(submissionId, 'RTH', 'APPROVE_WITH_PUNCHLIST', ['MINOR']);
    await life.decide(submissionId, 'PMO');
    await life.decide(submissionId, 'NOC_HEAD');
    const { documents, submissionNumber } = await life.vendor.submissions.get.query({ submissionId });
    const { page, complaints } = await browser.open(console.workspace.people.VIEWER);
    await page.goto(`${path}/${submissionId}`);
    await page.getByRole('link', { name: 'Cover page' }).click();
    await page.getByText(`${submissionNumber}, revision 2`).waitFor();
    for (const { documentId } of documents) {
      const { sha256 } = await life.vendor.documents.get.query({ documentId });
      expect(await page.getByText(sha256).count()).toBe(1);
    }
    await page.getByRole('heading', { name: /^Review 2/ }).waitFor();
    await page.getByText('2 items are open, 0 closed.').waitFor();
    const { name } = await life.vendor.users.get.query({ userId: life.seats.NOC_HEAD.userId });
    await page.getByRole('listitem').filter({ hasText: 'Seat NOC_HEAD' }).last().getByText(name).waitFor();
    expect(await page.getByText('Configuration version 1 (test.xlsx)').count()).toBe(2);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);

    await page.getByText(/\(.* UTC\)\. All times are of the zone Asia\/Jakarta\.$/).waitFor();

    // On paper, whatever the theme: no navigation, dark ink on white.
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ media: 'print', colorScheme });
      expect(await page.getByRole('navigation').count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false);
      const ink = await page
        .getByRole('heading', { level: 1 })
        .evaluate((heading) => getComputedStyle(heading).color);
      expect(ink).toBe('rgb(0, 0, 0)');
    }
  });

  test('of a draft says that nothing was decided yet, and of another workspace that it is not there', async () => {
    const submissionId = await life.createDraft();
    const { page } = await browser.open(console.workspace.people.VENDOR);
    await page.goto(`${path}/${submissionId}/cover`);
    await page.getByText('There are no documents yet.').waitFor();
    await page.getByText('No review has begun.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'Back to the submission' }).click();
    await page.getByRole('button', { name: 'Send to QA' }).waitFor();
    const other = await console.createWorkspace();
    const theirs = await browser.open(other.people.ADMIN);
    await theirs.page.goto(`/w/${other.code}/submissions/${submissionId}/cover`);
    await theirs.page.getByRole('heading', { name: 'It is not in this workspace' }).waitFor();
  });
});
