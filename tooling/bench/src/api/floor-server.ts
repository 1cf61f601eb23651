import { createServer, type IncomingMessage } from 'node:http';
import { Pool } from 'pg';
import { isFloorOptions } from './floor-options.ts';
import { bindStatements, type StatementPlan, type Subject } from './statement-plan.ts';

// What somebody writes who wants nothing but speed: plain node:http, a pool of `pg` and prepared statements. No
// authentication, no validation, no log, no limits.

const names = new Map<string, string>();

function nameOf(text: string): string {
  const name = names.get(text) ?? `s${names.size}`;
  names.set(text, name);
  return name;
}

/** Sends flight after flight on one connection; the rows of the last statement that gives any. */
async function run(pool: Pool, plan: StatementPlan, subject: Subject): Promise<object[]> {
  const flights = bindStatements(plan, subject);
  const [first] = flights;
  if (flights.length === 1 && first?.length === 1 && first[0] !== undefined) {
    const { rows } = await pool.query<object>({ name: nameOf(first[0].text), ...first[0] });
    return rows;
  }
  const client = await pool.connect();
  try {
    let rows: object[] = [];
    for (const flight of flights) {
      const results = await Promise.all(
        flight.map(({ text, values }) =>
          values.length === 0
            ? client.query<object>(text)
            : client.query<object>({ name: nameOf(text), text, values }),
        ),
      );
      rows = results.findLast((result) => result.rows.length > 0)?.rows ?? rows;
    }
    return rows;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function subjectOf(request: IncomingMessage, query: URLSearchParams): Promise<Subject> {
  if (request.method === 'GET') return Object.fromEntries(query);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

process.on('message', (options: unknown) => {
  if (!isFloorOptions(options)) throw new TypeError('not the options of a floor');
  const { connectionString, connections, scope, procedures } = options;
  const pools = {
    // Each connection belongs to the workspace once and for all, so that nothing has to be said about it again.
    strict: new Pool({ connectionString, max: connections, pipeline: true, options: scope }),
    scoped: new Pool({ connectionString, max: connections, pipeline: true }),
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const [, mode, name = ''] = pathname.split('/');
    const procedure = procedures[name];
    const work = async () => {
      if (procedure === undefined || (mode !== 'strict' && mode !== 'scoped')) throw new TypeError(pathname);
      const subject = await subjectOf(request, searchParams);
      const rows = await run(pools[mode], procedure[mode], subject);
      const [row] = rows;
      const data = { items: { items: rows.slice(0, -1), nextCursor: null }, row, answer: procedure.answer };
      return JSON.stringify({ result: { data: data[procedure.gives] } });
    };
    work().then(
      (body) => response.setHeader('content-type', 'application/json').end(body),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        response.writeHead(500).end();
      },
    );
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.(typeof address === 'object' ? address?.port : undefined);
  });
});
