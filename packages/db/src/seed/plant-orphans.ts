import type { ClientBase } from 'pg';

/** Rows that {@link plantOrphans} has bent, by the foreign key that will refuse them. */
export interface PlantedOrphans {
  readonly foreignKeyName: string;
  readonly table: string;
  readonly count: number;
  readonly ids: readonly string[];
}

interface Relation {
  readonly table: string;
  readonly column: string;
  /** How many rows of it. */
  readonly count: number;
}

const relations: Readonly<Record<string, Relation>> = {
  fk_workflow_instances_config_version: {
    table: 'workflow_instances',
    column: 'config_version_id',
    count: 3,
  },
  fk_workflow_instances_workspace: { table: 'workflow_instances', column: 'workspace_id', count: 2 },
  fk_workflow_stages_workflow: { table: 'workflow_stages', column: 'workflow_id', count: 7 },
  fk_atp_submissions_site: { table: 'atp_submissions', column: 'site_id', count: 4 },
  fk_punchlists_workflow: { table: 'punchlists', column: 'workflow_id', count: 2 },
  fk_approval_policy_master_workspace: { table: 'approval_policy_master', column: 'workspace_id', count: 1 },
};

/** The foreign keys that {@link plantOrphans} can break, by name. */
export const orphanRelations: readonly string[] = Object.keys(relations);

/**
 * Makes orphans in a seeded database that has no foreign keys between master tables yet: some rows of each relation,
 * no row twice, now refer to something that does not exist. For tests only.
 * @param names of foreign keys as the third migration declares them; all six when absent
 * @throws {RangeError} for a name that is not one of {@link orphanRelations}
 */
export async function plantOrphans(
  client: ClientBase,
  names: readonly string[] = orphanRelations,
): Promise<PlantedOrphans[]> {
  const planted: PlantedOrphans[] = [];
  const taken: string[] = [];
  for (const foreignKeyName of names) {
    const relation = relations[foreignKeyName];
    if (relation === undefined) throw new RangeError(`no orphans can be planted for ${foreignKeyName}`);
    const ids = await bend(client, relation, taken);
    taken.push(...ids);
    planted.push({ foreignKeyName, table: relation.table, count: ids.length, ids });
  }
  return planted;
}

async function bend(
  client: ClientBase,
  { table, column, count }: Relation,
  taken: readonly string[],
): Promise<string[]> {
  // Each row another one, or natural keys would collide before the foreign key is looked at.
  const missing = `'00000000-0000-7000-b000-' || lpad(chosen.number::text, 12, '0')`;
  const { rows } = await client.query<{ id: string }>(
    `update ${table} set ${column} = (${missing})${column === 'workspace_id' ? '::uuid' : ''}
     from (select id, row_number() over (order by id) as number from ${table} where id <> all ($1) order by id limit ${count})
       chosen
     where ${table}.id = chosen.id
     returning ${table}.id`,
    [taken],
  );
  return rows.map(({ id }) => id).toSorted();
}
