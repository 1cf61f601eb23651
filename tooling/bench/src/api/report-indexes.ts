import {
  configLookup,
  type IndexReport,
  indexReport,
  type NamedQuery,
  pendingTasks,
  slaScan,
} from '@apms/db/checks';
import type { Bench } from '../bench.ts';
import { type ApiProcess, startApiProcess } from './api-process.ts';
import { type BenchWorld, createBenchWorld } from './bench-world.ts';
import { type ApiCall, callApi, takesInput } from './call-api.ts';
import { callsOfList, type ExampleValues, readExampleValues, readListProcedures } from './list-calls.ts';
import type { SentStatement } from './sent-statement.ts';

const SCOPE = /^\s*select set_config\('role'/;

/** Which index serves which query of the API, or which key; on a database with so many stages. */
export async function reportIndexes(bench: Bench, stages: number): Promise<IndexReport> {
  const world = await createBenchWorld(bench, stages);
  return await bench.server.withClient(world.database, async (client) => {
    const examples = await readExampleValues(client, world);
    const api = await startApiProcess(bench, { database: world.database, records: true });
    try {
      bench.note('what the lists and lookups of the API send');
      const queries = await namedQueries(api, world, examples);
      return await indexReport(client, queries);
    } finally {
      await api.stop();
    }
  });
}

async function namedQueries(
  api: ApiProcess,
  world: BenchWorld,
  examples: ExampleValues,
): Promise<NamedQuery[]> {
  const { workspaceId, busiest } = world;
  const queries: NamedQuery[] = [
    { name: pendingTasks.name, sql: pendingTasks.sql, values: [workspaceId, busiest.userId] },
    { name: slaScan.name, sql: slaScan.sql, values: [] },
    { name: configLookup.name, sql: configLookup.sql, values: [workspaceId, 'RAN', 'NORDLINK', 'HARDWARE'] },
  ];
  const lists = await readListProcedures(api.url);
  const calls = lists.flatMap((list) => callsOfList(list, examples) ?? []);
  for (const call of [...calls, ...lookups(examples)]) {
    if (!(await takesInput(api.url, call, busiest))) continue;
    await api.takeStatements();
    await callApi(api.url, call, busiest);
    queries.push(...queriesOf(call.name, await api.takeStatements()));
  }
  return queries;
}

/** What is read one at a time. */
function lookups(examples: ExampleValues): (ApiCall & { readonly name: string })[] {
  const fields = (...names: string[]) => Object.fromEntries(names.map((name) => [name, examples.get(name)]));
  const inputs: Readonly<Record<string, object>> = {
    'sites.get': fields('siteId'),
    'workflows.get': fields('workflowId'),
    'workflows.timeline': fields('workflowId'),
    'workflows.preview': { ...fields('siteId', 'scopeCode'), atpCategory: 'HARDWARE' },
    'submissions.get': fields('submissionId'),
    'clusters.get': fields('clusterId'),
    'configVersions.get': fields('configVersionId'),
    'users.me': {},
  };
  return Object.entries(inputs).map(([procedure, input]) => ({
    procedure,
    kind: 'query',
    input,
    name: procedure,
  }));
}

/** The reads of a call, each as whoever was set before it. */
function queriesOf(name: string, sent: readonly SentStatement[]): NamedQuery[] {
  let scope: NamedQuery['scope'];
  return sent.flatMap(({ text, values }) => {
    if (text.startsWith('begin')) scope = undefined;
    if (SCOPE.test(text)) {
      // The system's own work names its role in the text, and sees as much as the login user.
      const [role, workspaceId = '', userId = ''] = values.map(String);
      scope = role === undefined ? undefined : { role, workspaceId, userId };
    }
    if (!/^\s*(?:select|with)\b/i.test(text) || /set_config|pg_constraint/.test(text)) return [];
    return [{ name, sql: text, values, ...(scope === undefined ? {} : { scope }) }];
  });
}
