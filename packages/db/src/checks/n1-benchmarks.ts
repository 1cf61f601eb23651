import type { CheckProblem } from '@apms/validators';
import type { ClientBase } from 'pg';
import type { Check } from './check.ts';
import { configLookup, type HotQuery, pendingTasks, slaScan } from './hot-queries.ts';
import { inSavepoint } from './in-savepoint.ts';
import { masterTables } from './master-tables.ts';

const timeoutMs = 5_000;
const runs = 3;

/** The queries of every day, on the target's own data: of the approver and the scope with the most to read. */
export const n1Benchmarks: Check = {
  code: 'N1',
  title: 'Benchmarks',
  needs: masterTables,
  async run({ client }) {
    const [workspaceId, approverId] = await pick(client, busiestApprover);
    const lookup = await pick(client, fullestConfiguration);
    const measured: [HotQuery, readonly unknown[]][] = [
      [pendingTasks, [workspaceId, approverId]],
      [slaScan, []],
      [configLookup, [lookup[0], lookup[1], lookup[2], lookup[3]]],
    ];
    const figures: Record<string, number> = {};
    const problems: CheckProblem[] = [];
    for (const [query, parameters] of measured) {
      const { ms, rows, problem } = await measure(client, query, parameters);
      figures[`${query.name}Ms`] = ms;
      figures[`${query.name}Rows`] = rows;
      if (problem !== undefined) problems.push({ message: problem });
    }
    return { figures, problems };
  },
};

const busiestApprover = `
  select workspace_id::text, approver_id from workflow_stages
  where status = 'PENDING' and approver_id is not null
  group by 1, 2 order by count(*) desc limit 1`;

const fullestConfiguration = `
  select v.workspace_id::text, s.scope_code, vendor.vendor_code, p.atp_category
  from (select v.id, v.workspace_id from config_versions v
        join approval_policy_master p on p.config_version_id = v.id
        where v.status = 'ACTIVE' and v.source_type = 'APPROVAL_MATRIX'
        group by v.id order by count(*) desc limit 1) v
  join approval_policy_master p on p.config_version_id = v.id
  join atp_scope_master s on s.id = p.scope_id
  left join vendor_master vendor on vendor.id = p.vendor_id
  order by p.vendor_id is null, p.id limit 1`;

/** The parameters that the data offers; nulls, which match nothing, on a database without any. */
async function pick(client: ClientBase, sql: string): Promise<readonly (string | null)[]> {
  const { rows } = await client.query<(string | null)[]>({ text: sql, rowMode: 'array' });
  return rows[0] ?? [null, null, null, null];
}

async function measure(client: ClientBase, query: HotQuery, parameters: readonly unknown[]) {
  const { name, sql, limitMs } = query;
  try {
    return await inSavepoint(client, async () => {
      await client.query(`set local statement_timeout = ${timeoutMs}`);
      const times: number[] = [];
      let rows = 0;
      for (let run = 0; run < runs; run += 1) {
        const startedAt = performance.now();
        const result = await client.query(sql, [...parameters]);
        times.push(performance.now() - startedAt);
        rows = result.rows.length;
      }
      const ms = Math.round((times.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? 0) * 100) / 100;
      const problem = ms > limitMs ? `${name} took ${ms} ms, more than ${limitMs} ms` : undefined;
      return { ms, rows, problem };
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ms: timeoutMs, rows: 0, problem: `${name} did not finish: ${reason}` };
  }
}
