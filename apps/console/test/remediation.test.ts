import { activateConfiguration, countRows, damage, plantMembership, plantPunchlist } from '@apms/api/testing';
import { newId } from '@apms/db';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';

const memberKey = 'fk_workspace_memberships_user';

describe.skipIf(!hasBrowser)('remediation', () => {
  useConsole();
  let path: string;

  beforeAll(() => {
    path = `/w/${console.workspace.code}/integrity`;
  });

  const admin = () => console.as(console.workspace.people.ADMIN);
  const audit = async () => (await admin().integrityAudits.run.mutate()).id;

  async function choose(page: Page, ...rowIds: string[]): Promise<void> {
    for (const id of rowIds) await page.getByRole('checkbox', { name: `Select ${id}` }).check();
  }

  test('sets rows aside that somebody looked at, and brings them back', async () => {
    const chosen = await plantMembership(console, console.workspace.id);
    const left = await plantMembership(console, console.workspace.id);
    await audit();
    const { page, complaints } = await browser.open(console.workspace.people.ADMIN);
    await page.goto(path);
    await page.getByRole('link', { name: `Look and mend: ${memberKey}` }).click();
    await page.getByRole('heading', { name: `Orphans of ${memberKey}` }).waitFor();
    await page.getByText('Looking changes nothing.').waitFor();
    expect(await page.getByRole('button', { name: 'Set aside' }).isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);

    await page.getByRole('row', { name: new RegExp(chosen) }).press('Enter');
    const whole = page.getByRole('dialog', { name: `Row ${chosen}` });
    await whole.getByRole('row', { name: `user_id gone-${chosen}` }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await choose(page, chosen);
    await page.getByRole('button', { name: 'Set aside' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set 1 row of workspace_memberships aside?' });
    await dialog.getByLabel('Reason').waitFor();
    expect(await dialog.getByRole('listitem').allInnerTexts()).toEqual([chosen]);
    await dialog.getByRole('button', { name: 'Set 1 row aside' }).click();
    await dialog.getByRole('textbox', { name: 'Reason' }).and(page.locator('[aria-invalid]')).waitFor();
    expect(await countRows(console, 'workspace_memberships', [chosen, left])).toBe(2);
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByLabel('Reason').fill('Ticket 4711: the account was deleted by hand.');
    await dialog.getByRole('button', { name: 'Set 1 row aside' }).click();
    await page.getByText('1 row was set aside. Run an audit to prove it.').waitFor();
    await page.getByRole('row', { name: new RegExp(chosen) }).waitFor({ state: 'detached' });
    expect(await countRows(console, 'workspace_memberships', [chosen])).toBe(0);
    expect(await countRows(console, 'workspace_memberships', [left])).toBe(1);

    await page.goto(`${path}/quarantine?state=ASIDE`);
    await page.getByText('Ticket 4711').waitFor();
    await choose(page, `workspace_memberships ${chosen}`);
    await page.getByRole('button', { name: 'Bring back' }).click();
    const back = page.getByRole('dialog', { name: 'Bring 1 row back?' });
    await back.getByRole('button', { name: 'Bring 1 row back' }).click();
    await back.getByRole('alert').getByText('their reference still leads nowhere').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await console.database.pool.query(
      `insert into users (id, email, display_name, status) values ('gone-' || $1, $1 || '@x.example', 'Back', 'PENDING')`,
      [chosen],
    );
    await back.getByRole('button', { name: 'Bring 1 row back' }).click();
    await page.getByText('1 row was brought back.').waitFor();
    expect(await countRows(console, 'workspace_memberships', [chosen])).toBe(1);
    await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor();
    await page.getByLabel('State').selectOption('Brought back');
    await page.getByRole('row', { name: /Brought back/ }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await damage(console, 'delete from workspace_memberships where id = $1', left);
  });

  test('links rows anew, to a member only', async () => {
    const rowId = await plantMembership(console, console.workspace.id);
    const auditId = await audit();
    const { page, complaints } = await browser.open(console.workspace.people.ADMIN);
    await page.goto(`${path}/${auditId}/${memberKey}`);
    await choose(page, rowId);
    await page.getByRole('button', { name: 'Link anew' }).click();
    const dialog = page.getByRole('dialog', { name: 'Link 1 row of workspace_memberships anew?' });
    await dialog.getByLabel('Id of the row of users').fill('nobody');
    await dialog.getByLabel('Reason').fill('The account was created again.');
    await dialog.getByRole('button', { name: 'Link 1 row anew' }).click();
    await dialog.getByRole('alert').getByText('There is no row nobody in users').waitFor();
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('The account was created again.');
    expect(await accessibilityFindings(page)).toEqual([]);
    const { userId } = console.workspace.people.APPROVER;
    await dialog.getByLabel('Id of the row of users').fill(userId);
    await dialog.getByRole('button', { name: 'Link 1 row anew' }).click();
    await page.getByText('1 row was linked anew.').waitFor();
    const { rows } = await console.database.pool.query(
      'select user_id from workspace_memberships where id = $1',
      [rowId],
    );
    expect(rows).toEqual([{ user_id: userId }]);
    await page.getByRole('heading', { name: 'No orphans of this key in this workspace' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('takes parts along, and proposes to bring them back together', async () => {
    const { listId, itemIds } = await plantPunchlist(console);
    const auditId = await audit();
    const { page } = await browser.open(console.workspace.people.ADMIN);
    await page.goto(`${path}/${auditId}/fk_punchlists_workflow`);
    await choose(page, listId);
    await page.getByRole('button', { name: 'Set aside' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('What is part of them goes along: rows of punchlist_items.').waitFor();
    await dialog.getByLabel('Reason').fill('The workflow is gone.');
    await dialog.getByRole('button', { name: 'Set 1 row aside' }).click();
    await page.getByText('1 row was set aside.').waitFor();
    expect(await countRows(console, 'punchlist_items', itemIds)).toBe(0);

    await page.goto(`${path}/quarantine?constraintName=fk_punchlists_workflow`);
    await choose(page, `punchlists ${listId}`);
    await page.getByRole('button', { name: 'Bring back' }).click();
    await page.getByText('2 more rows were set aside in the same step').waitFor();
    await page.getByRole('button', { name: 'Choose them too' }).click();
    await page.getByRole('dialog', { name: 'Bring 3 rows back?' }).waitFor();
  });

  test('says so when somebody was faster', async () => {
    const rowId = await plantMembership(console, console.workspace.id);
    const auditId = await audit();
    const { page } = await browser.open(console.workspace.people.ADMIN);
    await page.goto(`${path}/${auditId}/${memberKey}`);
    await choose(page, rowId);
    await page.getByRole('button', { name: 'Set aside' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('At the same moment.');
    await admin().integrityAudits.remediate.mutate({
      auditId,
      constraintName: memberKey,
      action: 'quarantine',
      rowIds: [rowId],
      reason: 'First.',
    });
    await dialog.getByRole('button', { name: 'Set 1 row aside' }).click();
    await dialog.getByRole('alert').getByText(`Somebody was faster`).waitFor();
    expect(await dialog.getByRole('alert').innerText()).toContain(rowId);
    // The list behind the dialog was read again.
    await page.getByText('No orphans of this key in this workspace').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: 'No orphans of this key in this workspace' }).waitFor();
  });

  test('is refused for history before, and for a frozen version when it is asked for', async () => {
    const { APPROVER } = console.workspace.people;
    const { versionId } = await activateConfiguration(console, {
      roster: { RTS: [APPROVER], RTH: [APPROVER], PMO: [APPROVER], NOC_HEAD: [APPROVER] },
    });
    await damage(
      console,
      `update cluster_approver_master set user_id = 'gone' where config_version_id = $1`,
      versionId,
    );
    const { rows } = await console.database.pool.query<{ id: string }>(
      'select id from cluster_approver_master where config_version_id = $1 order by id limit 1',
      [versionId],
    );
    const rowId = rows[0]?.id ?? '';
    await damage(
      console,
      `insert into audit_events (id, workspace_id, actor_id, action, entity_type, entity_id)
       values ($1, $2::uuid, 'gone', 'a', 'b', 'c')`,
      newId(),
      console.workspace.id,
    );
    const auditId = await audit();
    const { page } = await browser.open(console.workspace.people.ADMIN);
    await page.goto(`${path}/${auditId}/fk_audit_events_actor`);
    await page.getByRole('heading', { name: 'What can be done' }).waitFor();
    expect(await page.getByText('the table is history, which is kept as it was written').count()).toBe(2);
    await page
      .getByRole('checkbox', { name: /^Select [^a]/ })
      .first()
      .check();
    expect(await page.getByRole('button', { name: 'Set aside' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Link anew' }).isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);

    await page.goto(`${path}/${auditId}/fk_cluster_approver_master_user`);
    await choose(page, rowId);
    await page.getByRole('button', { name: 'Set aside' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('An attempt.');
    await dialog.getByRole('button', { name: 'Set 1 row aside' }).click();
    await dialog.getByRole('alert').getByText('the config version of the rows has left DRAFT').waitFor();
    expect(await countRows(console, 'cluster_approver_master', [rowId])).toBe(1);
  });

  test('is an administrator’s, and knows what it does not have', async () => {
    const auditId = await audit();
    const manager = await browser.open(console.workspace.people.CONFIG_MANAGER);
    await manager.page.goto(`${path}/${auditId}/${memberKey}`);
    await manager.page.getByText('integrity.remediate').waitFor();
    await manager.page.goto(`${path}/quarantine`);
    await manager.page.getByText('integrity.remediate').waitFor();

    const other = await console.createWorkspace();
    const { page } = await browser.open(other.people.ADMIN);
    await page.goto(`/w/${other.code}/integrity/quarantine`);
    await page.getByRole('heading', { name: 'No rows are set aside' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.goto(`/w/${other.code}/integrity/${auditId}/fk_no_such_key`);
    await page.getByRole('heading', { name: 'There is no such foreign key' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });
});
