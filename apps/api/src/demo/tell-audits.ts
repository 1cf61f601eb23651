import { newId } from '@apms/db';
import type { Person } from '../person.ts';
import { callerOf, type DemoWorld } from './demo-caller.ts';

/** How many orphans the nightly audit found, the latest night last: a script deleted people, and somebody mended it. */
const NIGHTS = [0, 0, 0, 0, 3, 3, 11, 11, 8, 8, 2, 0, 0];

/** Two weeks of nightly integrity audits, and one that the manager has just run and that is what the database is like. */
export async function tellAudits({ database, ...world }: DemoWorld, manager: Person): Promise<void> {
  const { integrityAudits } = callerOf({ database, ...world }, manager);
  const { id } = await integrityAudits.run();
  const sampleIds = NIGHTS.slice(0, 3).map(() => newId());
  const finding = {
    name: 'fk_workspace_memberships_user',
    table: 'workspace_memberships',
    severity: 'WARNING',
    sampleIds,
  };
  await database.asSystem(async (_, client) => {
    for (const [index, count] of NIGHTS.entries()) {
      const results = { findings: count === 0 ? [] : [{ ...finding, count }], skipped: [] };
      await client.query(
        `insert into data_integrity_audit_log
           (id, started_at, duration_ms, origin, checks_total, checks_failed, orphans_total, results, health)
         select $2, date_trunc('day', started_at) - make_interval(days => $3, hours => -2), duration_ms + $4, 'SCHEDULED',
                checks_total, $5, $4, $6, $7
         from data_integrity_audit_log where id = $1`,
        [
          id,
          newId(),
          NIGHTS.length - index,
          count,
          count === 0 ? 0 : 1,
          JSON.stringify(results),
          count === 0 ? 'HEALTHY' : 'WARNING',
        ],
      );
    }
  });
}
