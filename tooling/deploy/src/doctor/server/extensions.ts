import { withClient } from '../../postgres.ts';
import { ok, problem } from '../finding.ts';
import type { ServerCheck } from './context.ts';

/** Whether the server for rehearsals has the extensions that a copy of the target needs. */
export const checkExtensions: ServerCheck = async ({ client, rehearsal }) => {
  const { rows } = await client.query<{ name: string }>(
    "select extname as name from pg_extension where extname <> 'plpgsql' order by 1",
  );
  const installed = rows.map(({ name }) => name);
  const available = await withClient(rehearsal, 'apms-deploy doctor', async (session) => {
    const { rows: all } = await session.query<{ name: string }>('select name from pg_available_extensions');
    return new Set(all.map(({ name }) => name));
  });
  const missing = installed.filter((name) => !available.has(name));
  if (missing.length === 0) return [ok('extensions', installed.join(', ') || 'none')];
  return [
    problem(
      'extensions',
      `The server for rehearsals does not have ${missing.join(', ')}.`,
      'The backup cannot be restored there.',
      `Install the package that brings ${missing[0]} on that server.`,
    ),
  ];
};
