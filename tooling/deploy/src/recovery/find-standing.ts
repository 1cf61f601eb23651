import type pg from 'pg';
import { endSessionsOf } from '../end-sessions.ts';
import { finishedNames, readHistory } from '../migrations/history.ts';
import { undo } from '../migrations/undo.ts';
import type { Run } from '../run-context.ts';
import { readSchema, schemaHash } from '../schema/read-schema.ts';
import type { BegunUnit, RunState } from './run-state.ts';

/**
 * Where a killed run left its target. `untouched`: nothing was begun on it. `old`: as it was before, what ran outside
 * the transaction undone. `new`: all of it is committed. `between`: a part is committed that only the backup undoes.
 */
export interface Standing {
  standing: 'untouched' | 'old' | 'new' | 'between';
  warnings: string[];
}

/**
 * Looks at the target of a killed run, once nothing of it is at work there any more, and undoes what has an inverse.
 * Migrations and their rows in the history are committed together, so the history tells what arrived.
 */
export async function findStanding(client: pg.Client, run: Run, state: RunState): Promise<Standing> {
  const { planned, units } = state;
  const database = run.target.connection.database;
  await endSessionsOf(client, { applicationName: run.applicationName, database, during: 'recovery' });
  if (planned === undefined || units.length === 0) return { standing: 'untouched', warnings: [] };

  const finished = finishedNames(await readHistory(client));
  const arrived = planned.pending.filter(({ name }) => finished.has(name));
  if (arrived.length === planned.pending.length)
    return {
      standing: 'new',
      warnings: schemaWarning(
        state.rehearsed,
        await hashOf(client),
        'It is not in every respect as rehearsed.',
      ),
    };
  if (arrived.length > 0 || (await isIrreversible(client, state)))
    return { standing: 'between', warnings: [] };

  const inverses = units.flatMap(({ inverses: own }) => own ?? []);
  await undo(client, inverses, run.target.settings, {
    at: 'recovery',
    before: (object) => run.emit({ type: 'intent', action: 'apply-inverse', object }),
  });
  const after = await hashOf(client);
  // A statement without inverse that was at work when the process was killed shows in the schema, or had no effect.
  if (after !== planned.schema && units.some(isUndecided)) return { standing: 'between', warnings: [] };
  const changed = 'Its schema is not as it was before: somebody else changed it meanwhile.';
  return { standing: 'old', warnings: schemaWarning(planned.schema, after, changed) };
}

function isUndecided({ isComplete, inverses }: BegunUnit): boolean {
  return !isComplete && inverses === null;
}

/** Whether something is committed that has no inverse; of a transaction whose end nobody saw the server tells. */
async function isIrreversible(client: pg.Client, { units, migrated }: RunState): Promise<boolean> {
  if (units.some(({ isComplete, inverses }) => isComplete && inverses === null)) return true;
  if (!units.some(isUndecided)) return false;
  const { rows } = await client.query<{ committed: boolean }>(
    `select exists (select from unnest($1::text[]) as t (id) where pg_xact_status(id::xid8) = 'committed') as committed`,
    [migrated.transactionIds],
  );
  return rows[0]?.committed === true;
}

async function hashOf(client: pg.Client): Promise<string> {
  return schemaHash(await readSchema(client));
}

function schemaWarning(expected: string | undefined, actual: string, sentence: string): string[] {
  return expected === undefined || expected === actual ? [] : [sentence];
}
