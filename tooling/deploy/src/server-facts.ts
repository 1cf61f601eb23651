import type pg from 'pg';
import { z } from 'zod';
import { DeployError } from './failure.ts';

const Facts = z.object({
  version: z.string(),
  versionNumber: z.int(),
  user: z.string(),
  superuser: z.boolean(),
  bypassRls: z.boolean(),
  createDatabase: z.boolean(),
  ownsDatabase: z.boolean(),
  canSignal: z.boolean(),
  inRecovery: z.boolean(),
  unreadableTables: z.array(z.string()),
  foreignTables: z.array(z.string()),
  forcedRlsTables: z.int(),
  tables: z.int(),
  databaseSizeBytes: z.coerce.number(),
});

/** What the plan needs to know of a server, a database and the role that deploys; one round trip. */
export type ServerFacts = z.infer<typeof Facts>;

/** The major versions of PostgreSQL that can be deployed to. */
export const SUPPORTED = { oldest: 14, newest: 18 };

const QUERY = `
with own_table as (
  select c.oid, c.relowner, c.relforcerowsecurity, n.nspname || '.' || c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
     and c.relname <> '_prisma_migrations'
)
select current_setting('server_version') as version, current_setting('server_version_num')::int as "versionNumber",
       current_user::text as "user", r.rolsuper as superuser, r.rolsuper or r.rolbypassrls as "bypassRls",
       r.rolsuper or r.rolcreatedb as "createDatabase",
       pg_has_role(d.datdba, 'usage') as "ownsDatabase",
       r.rolsuper or pg_has_role('pg_signal_backend', 'usage') as "canSignal",
       pg_is_in_recovery() as "inRecovery",
       array(select name from own_table where not has_table_privilege(oid, 'select') order by name) as "unreadableTables",
       array(select name from own_table where not pg_has_role(relowner, 'usage') order by name) as "foreignTables",
       (select count(*)::int from own_table where relforcerowsecurity) as "forcedRlsTables",
       (select count(*)::int from own_table
         where not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = own_table.oid and d.deptype = 'e')
       ) as tables,
       pg_database_size(d.oid)::text as "databaseSizeBytes"
  from pg_roles r, pg_database d
 where r.rolname = current_user and d.datname = current_database()`;

/** @throws {SERVER_VERSION_UNSUPPORTED} outside PostgreSQL 14 to 18. */
export async function readServerFacts(client: pg.ClientBase): Promise<ServerFacts> {
  const { rows } = await client.query(QUERY);
  const facts = Facts.parse(rows[0]);
  const major = majorOf(facts);
  if (major < SUPPORTED.oldest || major > SUPPORTED.newest) {
    throw new DeployError({ code: 'SERVER_VERSION_UNSUPPORTED', version: facts.version });
  }
  return facts;
}

export function majorOf({ versionNumber }: ServerFacts): number {
  return Math.floor(versionNumber / 10_000);
}

const SHOWN = 5;

const some = (names: readonly string[]) =>
  names.length <= SHOWN
    ? names.join(', ')
    : `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more`;

/** What the role lacks for a deployment, each as a clause that says what it is for. */
export function missingPrivileges(facts: ServerFacts): string[] {
  const lacks = (when: boolean, what: string) => (when ? [what] : []);
  return [
    ...lacks(facts.inRecovery, 'a server that accepts writes (this one is a standby)'),
    ...lacks(!facts.createDatabase, 'CREATEDB, to rehearse in a scratch database'),
    ...lacks(
      !facts.bypassRls && facts.forcedRlsTables > 0,
      `BYPASSRLS: ${facts.forcedRlsTables} tables force row-level security (or will, once the pending migrations are applied), so that checks fail and a dump is refused or incomplete`,
    ),
    ...lacks(
      !facts.ownsDatabase,
      'ownership of the database (or of the role that owns it), to rename it in a swap back',
    ),
    ...lacks(
      !facts.canSignal,
      'membership in pg_signal_backend, to end the sessions of the failed database in a swap back',
    ),
    ...lacks(facts.unreadableTables.length > 0, `SELECT on ${some(facts.unreadableTables)}`),
    ...lacks(facts.foreignTables.length > 0, `ownership of ${some(facts.foreignTables)}`),
  ];
}
