import type { ClientBase } from 'pg';
import { masterTables } from '../checks/master-tables.ts';
import { SeedError } from './seed-error.ts';
import type { SeedPlan } from './seed-plan.ts';

const foundationTables = [
  'workspaces',
  'users',
  'workspace_memberships',
  'sites',
  'documents',
  'audit_events',
];

/**
 * Looks whether the plan's rows can be added to the database.
 * @throws {SeedError}
 */
export async function assertSeedable(client: ClientBase, { seed }: SeedPlan): Promise<void> {
  const { rows: missing } = await client.query<{ name: string }>(
    `select name from unnest($1::text[]) with ordinality t (name, n)
     where to_regclass('public.' || name) is null order by n`,
    [[...foundationTables, ...masterTables]],
  );
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    throw new SeedError('TABLES_MISSING', `Apply the migrations first: the database has no ${names}.`);
  }
  const { rows: bound } = await client.query<{ role: string }>(
    `select current_user as role where row_security_active('public.workspaces')`,
  );
  if (bound[0] !== undefined) {
    throw new SeedError(
      'ROLE_BOUND_BY_POLICIES',
      `Role ${bound[0].role} is bound by row-level security; seed as a superuser or a role with BYPASSRLS.`,
    );
  }
  const { rowCount } = await client.query(
    'select from public.workspaces where starts_with(code, $1) limit 1',
    [`SEED-${seed}-`],
  );
  if (rowCount !== 0) {
    throw new SeedError(
      'ALREADY_SEEDED',
      `The rows of seed ${seed} are in the database already; choose another seed.`,
    );
  }
}
