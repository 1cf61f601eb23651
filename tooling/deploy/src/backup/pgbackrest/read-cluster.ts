import type pg from 'pg';
import type { PgbackrestBackup } from '../manifest.ts';

/** What a restore must know of the cluster besides the target's database. */
export async function readCluster(
  client: pg.ClientBase,
  maintenanceDatabase: string,
): Promise<Pick<PgbackrestBackup, 'systemIdentifier' | 'serverConfigFile' | 'otherDatabases'>> {
  const { rows } = await client.query<{ system: string; file: string; others: string[] }>(
    `select (select system_identifier::text from pg_control_system()) as system,
            current_setting('config_file') as file,
            array(select datname::text from pg_database
                   where not datistemplate and datname not in (current_database(), $1) order by 1) as others`,
    [maintenanceDatabase],
  );
  const { system, file, others } = rows[0] ?? { system: '', file: '', others: [] };
  return { systemIdentifier: system, serverConfigFile: file, otherDatabases: others };
}
