import { Client } from 'pg';
import { EngineError, errorCode } from './engine-error.ts';
import type { ScriptFailure } from './open-session.ts';

export interface FailureFacts {
  /** Errors thrown by our own code, which the engine passes on as a number only. */
  readonly thrownById: (id: number) => unknown;
  /** The last script that the database refused. */
  readonly scriptFailure: ScriptFailure | undefined;
  readonly url: string | undefined;
}

interface FailedMigration {
  readonly name: string;
  readonly logs: string;
}

/** The migration that is marked as begun and failed in the database of `url`, if that can be read. */
async function findFailedMigration(url: string): Promise<FailedMigration | undefined> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    const { rows } = await client.query<FailedMigration>(
      `select migration_name as name, logs from _prisma_migrations
       where finished_at is null and rolled_back_at is null and logs is not null
       order by started_at desc limit 1`,
    );
    return rows[0];
  } catch {
    // The engine's own error remains.
    return undefined;
  } finally {
    await client.end();
  }
}

/** The database's own words, with the line of the script that it points at. */
function describe({ script, error }: ScriptFailure): string {
  const lines = [
    `Database error code: ${error.code}`,
    '',
    'Database error:',
    `${error.severity}: ${error.message}`,
  ];
  if (error.detail) lines.push(`DETAIL: ${error.detail}`);
  if (error.hint) lines.push(`HINT: ${error.hint}`);
  if (error.position) {
    const line = script.slice(0, Number(error.position)).split('\n').length;
    lines.push('', `Line ${line}: ${script.split('\n')[line - 1]?.trim() ?? ''}`);
  }
  return lines.join('\n');
}

/** Gives an error of the schema engine back what the engine dropped from it. */
export async function explainFailure(error: unknown, facts: FailureFacts): Promise<unknown> {
  if (!(error instanceof Error)) return error;
  const thrown = /External error id#(\d+)/.exec(error.message)?.[1];
  if (thrown !== undefined) return facts.thrownById(Number(thrown)) ?? error;
  const { scriptFailure, url } = facts;
  if (errorCode(error) === 'P3006' && scriptFailure) {
    const [headline = error.message] = error.message.split('\nError:');
    return new EngineError('P3006', `${headline.trimEnd()}\n\n${describe(scriptFailure)}`, { cause: error });
  }
  if (errorCode(error) !== undefined || url === undefined) return error;
  const migration = await findFailedMigration(url);
  if (!migration) return error;
  return new EngineError(
    'P3018',
    `A migration failed to apply. New migrations cannot be applied before the error is recovered from. Read more about how to resolve migration issues in a production database: https://pris.ly/d/migrate-resolve\n\nMigration name: ${migration.name}\n\n${scriptFailure ? describe(scriptFailure) : migration.logs}`,
    { cause: error },
  );
}
