import type pg from 'pg';
import { escapeIdentifier, escapeLiteral, messageOf, withTransaction } from '../postgres.ts';
import { DatabaseProperties } from './manifest.ts';

/**
 * Read through jsonb because the names of some columns changed between versions. A database that is read-only by default
 * is taken for one that a deployment has blocked for its own time: what is restored of it must let clients write.
 */
const QUERY = `
select d.datname as name, pg_get_userbyid(d.datdba) as owner, pg_encoding_to_char(d.encoding) as encoding,
       d.datcollate as collate, d.datctype as ctype,
       case j ->> 'datlocprovider' when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end as "localeProvider",
       coalesce(j ->> 'datlocale', j ->> 'daticulocale') as locale, j ->> 'daticurules' as "icuRules",
       (select spcname from pg_tablespace t where t.oid = d.dattablespace) as tablespace,
       d.datconnlimit as "connectionLimit", shobj_description(d.oid, 'pg_database') as comment,
       case when d.datacl is not null then (
         select coalesce(json_agg(json_build_object(
                  'grantee', case when grantee <> 0 then pg_get_userbyid(grantee) end,
                  'privilege', privilege_type, 'grantable', is_grantable)), '[]')
           from aclexplode(d.datacl)) end as grants,
       (select coalesce(json_agg(json_build_object(
                 'role', case when setrole <> 0 then pg_get_userbyid(setrole) end,
                 'name', split_part(c, '=', 1), 'value', substr(c, strpos(c, '=') + 1))), '[]')
          from pg_db_role_setting s, unnest(s.setconfig) c
         where s.setdatabase = d.oid
           and not (setrole = 0 and c like 'default_transaction_read_only=%')) as settings,
       pg_database_size(d.oid)::float8 as "sizeBytes"
  from pg_database d, to_jsonb(d) j
 where d.datname = current_database()`;

/** What the session's database is besides its contents. */
export async function readDatabaseProperties(client: pg.ClientBase): Promise<DatabaseProperties> {
  const { rows } = await client.query(QUERY);
  return DatabaseProperties.parse(rows[0]);
}

/** The statement that makes an empty database of that name, otherwise like the original. */
export function createDatabaseStatement(
  name: string,
  properties: DatabaseProperties,
  include: { tablespace: boolean },
): string {
  const { owner, encoding, collate, ctype, localeProvider, locale, icuRules, tablespace } = properties;
  return [
    `create database ${escapeIdentifier(name)} template template0 owner ${escapeIdentifier(owner)}`,
    `encoding ${escapeLiteral(encoding)} lc_collate ${escapeLiteral(collate)} lc_ctype ${escapeLiteral(ctype)}`,
    ...(localeProvider === 'icu' ? [`locale_provider icu icu_locale ${escapeLiteral(locale ?? '')}`] : []),
    ...(localeProvider === 'builtin'
      ? [`locale_provider builtin builtin_locale ${escapeLiteral(locale ?? '')}`]
      : []),
    // The default one may be used by anyone, but named only with a privilege.
    ...(include.tablespace && tablespace !== 'pg_default'
      ? [`tablespace ${escapeIdentifier(tablespace)}`]
      : []),
    ...(icuRules === null ? [] : [`icu_rules ${escapeLiteral(icuRules)}`]),
  ].join(' ');
}

/** Settings whose value is a list: as one literal it would become a list of one. */
const LISTS = new Set([
  'search_path',
  'temp_tablespaces',
  'local_preload_libraries',
  'session_preload_libraries',
]);

/**
 * Gives the database the grants, settings, comment and connection limit of the original.
 * @returns a sentence for each that could not be given.
 */
export async function applyDatabaseProperties(
  client: pg.ClientBase,
  name: string,
  { owner, connectionLimit, comment, grants, settings }: DatabaseProperties,
): Promise<string[]> {
  const database = escapeIdentifier(name);
  const statements = [
    ...(grants === null
      ? []
      : [`revoke all on database ${database} from public, ${escapeIdentifier(owner)}`]),
    ...(grants ?? []).map(
      ({ grantee, privilege, grantable }) =>
        `grant ${privilege} on database ${database} to ${grantee === null ? 'public' : escapeIdentifier(grantee)}${grantable ? ' with grant option' : ''}`,
    ),
    ...(comment === null ? [] : [`comment on database ${database} is ${escapeLiteral(comment)}`]),
    ...(connectionLimit === -1 ? [] : [`alter database ${database} connection limit ${connectionLimit}`]),
  ];
  const warnings: string[] = [];
  const attempt = async (what: string, work: () => Promise<unknown>) => {
    await work().catch((error: unknown) => warnings.push(`${what}: ${messageOf(error)}`));
  };
  for (const statement of statements) await attempt(statement, () => client.query(statement));
  for (const setting of settings) {
    const what = `${setting.name} of ${setting.role ?? 'the database'} was not set`;
    await attempt(what, () => applySetting(client, database, setting));
  }
  return warnings;
}

async function applySetting(
  client: pg.ClientBase,
  database: string,
  { role, name, value }: DatabaseProperties['settings'][number],
): Promise<void> {
  const subject =
    role === null ? `database ${database}` : `role ${escapeIdentifier(role)} in database ${database}`;
  const variable = name.split('.').map(escapeIdentifier).join('.');
  if (!LISTS.has(name)) {
    await client.query(`alter ${subject} set ${variable} to ${escapeLiteral(value)}`);
    return;
  }
  await withTransaction(client, 'begin', async () => {
    await client.query('select set_config($1, $2, true)', [name, value]);
    await client.query(`alter ${subject} set ${variable} from current`);
  });
}
