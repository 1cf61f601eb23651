import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { databasesOf } from './support/identity.ts';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

/** Changes made by hand, and the object that each must be found by. */
const CHANGES = [
  ['alter table sites add column note text', 'column public.sites.note was added (text)'],
  [
    'alter table sites alter column city set not null',
    'column public.sites.city is "text not null" instead of "text"',
  ],
  [
    'create index by_hand on sites (name)',
    'index public.by_hand was added (CREATE INDEX by_hand ON public.sites USING btree (name))',
  ],
  [
    'drop index idx_workflow_stages_role_id',
    'index public.idx_workflow_stages_role_id was removed (CREATE INDEX idx_workflow_stages_role_id ON public.workflow_stages USING btree (role_id, workspace_id))',
  ],
  [
    `create or replace function guard_config_version() returns trigger language plpgsql
       as $$ begin return coalesce(new, old); end $$`,
    'routine public.guard_config_version() is changed; its line',
  ],
  [
    'drop trigger trg_vendor_master_insert on vendor_master',
    'trigger public.vendor_master.trg_vendor_master_insert was removed',
  ],
  [
    'alter table vendor_master disable trigger trg_vendor_master_update',
    'trigger public.vendor_master.trg_vendor_master_update is "',
  ],
  [
    "alter table punchlists drop constraint ck_punchlists_status, add constraint ck_punchlists_status check (status <> '')",
    `constraint public.punchlists.ck_punchlists_status is "CHECK ((status <> ''::text))" instead of "CHECK (`,
  ],
  [
    'alter table vendor_master no force row level security',
    'relation public.vendor_master is "r p row level security" instead of "r p row level security forced"',
  ],
] as const;

describe.skipIf(inject('testServer').kind === 'embedded')('a schema changed by hand', () => {
  let scenario: Scenario;

  beforeEach(async () => {
    scenario = await createScenario({
      data: SITES.replace('site_code, name, region', 'site_code, name, city'),
      pending: { '20270101000000_next': 'alter table workspaces add column note text;' },
    });
  });
  afterEach(() => scenario.remove());

  test('is refused, and every object that differs is named', async () => {
    for (const [sql] of CHANGES) await scenario.query(sql);
    const before = await scenario.identity();
    const planned = await scenario.plan();
    expect(planned.exitCode).toBe(3);
    for (const [, says] of CHANGES) {
      expect(planned.output).toContain(
        `**error** drift: The target differs from what its applied migrations build: ${says}`,
      );
    }
    const { exitCode, report } = await scenario.run();
    expect({ exitCode, outcome: report?.outcome }).toEqual({ exitCode: 3, outcome: 'no-go' });
    expect(report?.findings.map(({ rule }) => rule)).toEqual(CHANGES.map(() => 'drift'));
    expect(await scenario.identity()).toEqual(before);
    expect(await databasesOf(scenario.database.url, report?.id ?? '')).toEqual([]);
  });

  test('does not count grants and owners, which belong to the installation', async () => {
    await scenario.query('grant select on sites to public');
    expect(await scenario.plan()).toMatchObject({ exitCode: 0 });
  });
});
