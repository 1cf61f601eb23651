import { afterEach, describe, expect, inject, test } from 'vitest';
import { PAUSE, startPaused } from './support/paused-deployment.ts';
import { newestReport } from './support/project.ts';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

const NEXT = '20270101000000_next';

/** What happens to the target between its rehearsal and its migration. */
describe.skipIf(inject('testServer').kind === 'embedded')(
  'a target that is changed after the rehearsal',
  () => {
    let scenario: Scenario;
    afterEach(() => scenario.remove());

    /** Deploys `sql`, and changes the target by hand just before it is migrated. */
    async function deployAndChange(sql: string, change: string) {
      scenario = await createScenario({ settings: PAUSE, pending: { [NEXT]: sql }, data: SITES });
      const { running, goOn } = await startPaused(scenario);
      await scenario.query(change);
      const changed = await scenario.identity();
      await goOn();
      const { exitCode, all } = await running;
      expect(await scenario.identity()).toEqual(changed);
      return { exitCode, output: all, report: await newestReport(scenario.project.root, 'staging') };
    }

    test('by another schema is not migrated to something that nobody rehearsed', async () => {
      const result = await deployAndChange(
        'alter table sites add column note text;',
        'create index by_hand on sites (name)',
      );
      expect(result).toMatchObject({
        exitCode: 1,
        report: { outcome: 'rolled-back', failure: { code: 'VERIFICATION_FAILED' } },
      });
      expect(result.output).toContain('Not as rehearsed: index public.by_hand was added');
    });

    test('by rows that only now fall to a deletion keeps them', async () => {
      const result = await deployAndChange(
        "-- deploy:allow row-loss sites without a city are test data\ndelete from sites where city = 'Nowhere';",
        "update sites set city = 'Nowhere' where id = 'site-1'",
      );
      expect(result).toMatchObject({ exitCode: 1, report: { outcome: 'rolled-back' } });
      expect(result.output).toContain(
        'The migrations deleted 1 rows of public.sites, none in the rehearsal.',
      );
    });

    test('while the session that holds the lock was ended is not migrated at all', async () => {
      const result = await deployAndChange(
        'alter table sites add column note text;',
        `select pg_terminate_backend(pid) from pg_locks
        where locktype = 'advisory' and classid::bigint = x'41504d53'::bigint
          and objid::bigint = hashtext(current_database())::bigint & 4294967295`,
      );
      expect(result).toMatchObject({
        exitCode: 1,
        report: {
          outcome: 'failed',
          failure: { code: 'LOCK_LOST' },
          migrations: [{ name: NEXT, applied: null }],
        },
      });
    });
  },
);
