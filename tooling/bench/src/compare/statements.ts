import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Stage, TARGET } from './stage.ts';

/** Begins each entry of the server's log, with the database's name; nothing that a tool sends begins a line so. */
const MARK = '@@';
const ENTRY = new RegExp(`^${TARGET} LOG: {2}(?:statement|execute [^:]*): ([^]*)$`);

/** Lets the server note every statement that changes a schema or rows, with the database that it was sent to. */
export async function noteStatements({ bench }: Pick<Stage, 'bench'>): Promise<void> {
  await bench.server.withClient('postgres', async (client) => {
    await client.query(`alter system set log_line_prefix = '${MARK}%d '`);
    await client.query("alter system set log_statement = 'mod'");
    await client.query('select pg_reload_conf()');
  });
}

/** Runs `work` and returns with its result what was sent to the target meanwhile, one entry for each message. */
export async function statementsOn<T>(
  { bench }: Pick<Stage, 'bench'>,
  work: () => Promise<T>,
): Promise<{ result: T; statements: string[] }> {
  const file = join(bench.directory, 'data.log');
  const { size } = await stat(file);
  const result = await work();
  const log = await readFile(file);
  const entries = log
    .subarray(size)
    .toString('utf8')
    .split(new RegExp(`^${MARK}`, 'm'));
  const statements = entries.flatMap((entry) => ENTRY.exec(entry)?.[1]?.trim() ?? []);
  return { result, statements };
}
