import type { SeedPlan, SeedStatement } from './seed-plan.ts';

/** When versions 1 and 2 of every workspace became ACTIVE, as SQL. */
export function activatedAt({ until }: SeedPlan, version: 1 | 2): string {
  return `(${until} - interval '${version === 1 ? 375 : 90} days')`;
}

/** Takes version 1 to ACTIVE, then version 2 in its place, as two imports would; version 3 stays a DRAFT. */
export function activation(plan: SeedPlan): SeedStatement[] {
  const activate = (version: 1 | 2) => ({
    table: 'config_versions',
    sql: `
      update config_versions set status = 'ACTIVE', activated_by_id = imported_by_id,
        activated_at = ${activatedAt(plan, version)}, updated_at = ${activatedAt(plan, version)},
        warnings_acknowledged_at = case validation_status when 'WARNINGS' then ${activatedAt(plan, version)} end
      where id in (select id from seed_version where version_number = ${version})`,
  });
  return [
    activate(1),
    {
      table: 'config_versions',
      sql: `
        update config_versions set previous_version_id = p.id
        from seed_version v join seed_version p on p.workspace_no = v.workspace_no and p.version_number = v.version_number - 1
        where config_versions.id = v.id`,
    },
    {
      table: 'config_versions',
      sql: `
        update config_versions set status = 'SUPERSEDED', superseded_by_id = n.id,
          superseded_at = ${activatedAt(plan, 2)}, updated_at = ${activatedAt(plan, 2)}
        from seed_version v join seed_version n on n.workspace_no = v.workspace_no and n.version_number = 2
        where config_versions.id = v.id and v.version_number = 1`,
    },
    activate(2),
  ];
}
