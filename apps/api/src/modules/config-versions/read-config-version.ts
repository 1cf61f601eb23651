import { Prisma, type SqlTransaction } from '@apms/db';
import type { ConfigVersionDetails, Produced } from '@apms/validators';
import { AppError } from '../../errors.ts';
import { allFindings } from './all-findings.ts';
import { versionColumns, versionSource } from './version-columns.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function readConfigVersion(
  tx: SqlTransaction,
  configVersionId: string,
): Promise<Produced<typeof ConfigVersionDetails>> {
  const [version] = await tx.query<Produced<typeof ConfigVersionDetails>[]>(Prisma.sql`
    ${versionColumns}, finding.errors, finding.warnings,
      jsonb_build_object(
        'scopes', (select count(*) from atp_scope_master t where t.config_version_id = v.id),
        'vendors', (select count(*) from vendor_master t where t.config_version_id = v.id),
        'roles', (select count(*) from approval_role_master t where t.config_version_id = v.id),
        'policies', (select count(*) from approval_policy_master t where t.config_version_id = v.id),
        'stages', (select count(*) from approval_policy_stages t where t.config_version_id = v.id),
        'clusters', (select count(*) from cluster_master t where t.config_version_id = v.id),
        'approvers', (select count(*) from cluster_approver_master t where t.config_version_id = v.id)
      ) as counts
    ${versionSource}
    cross join lateral (
      select count(*) filter (where f ->> 'severity' = 'ERROR')::int as errors,
             count(*) filter (where f ->> 'severity' = 'WARNING')::int as warnings
      from jsonb_array_elements(${allFindings}) f
    ) finding
    where v.id = ${configVersionId}`);
  if (version === undefined) {
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'configVersion', id: configVersionId });
  }
  return version;
}
