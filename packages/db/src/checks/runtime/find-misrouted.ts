import type { CheckProblem } from '@apms/validators';
import type { ClientBase } from 'pg';
import { configLookup } from '../hot-queries.ts';
import type { Probe } from '../probe/probe.ts';

/** What the probe's policies have to resolve to: one of each step of the fallback, and no match. */
export const resolutions: readonly {
  readonly scope: string;
  readonly vendor: string | null;
  readonly category: string;
  readonly policy: string | null;
}[] = [
  { scope: 'PROBE', vendor: 'PROBE', category: 'HARDWARE', policy: 'VENDOR' },
  { scope: 'PROBE', vendor: 'SPARE', category: 'HARDWARE', policy: 'ANY' },
  { scope: 'PROBE', vendor: null, category: 'SOFTWARE', policy: 'BOTH' },
  { scope: 'SPARE', vendor: 'PROBE', category: 'HARDWARE', policy: null },
];

/** Names what resolves to another policy than it should. */
export async function findMisrouted(client: ClientBase, probe: Probe): Promise<CheckProblem[]> {
  const problems: CheckProblem[] = [];
  for (const { scope, vendor, category, policy } of resolutions) {
    const { rows } = await client.query<{ policy_code: string }>(configLookup.sql, [
      probe.workspaceId,
      scope,
      vendor,
      category,
    ]);
    const found = rows[0]?.policy_code ?? null;
    if (found === policy) continue;
    problems.push({
      message: `(${scope}, ${vendor ?? 'any vendor'}, ${category}) resolved to ${found ?? 'no policy'} instead of ${policy ?? 'none'}`,
      table: 'approval_policy_master',
    });
  }
  return problems;
}
