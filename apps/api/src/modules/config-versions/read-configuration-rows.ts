import { Prisma, type SqlTransaction } from '@apms/db';
import type { ConfigurationRows, configRowShapes, PersonRow, StageRow } from '@apms/validators';
import type { z } from 'zod';
import { AppError } from '../../errors.ts';
import { rowSources } from './row-sources.ts';

type Stored<Kind extends keyof typeof configRowShapes> = z.infer<(typeof configRowShapes)[Kind]>;

interface StoredRows {
  readonly scopes: Stored<'scopes'>[];
  readonly vendors: Stored<'vendors'>[];
  readonly roles: Stored<'roles'>[];
  readonly policies: (Stored<'policies'> & { readonly stages: StageRow[] })[];
  readonly clusters: Stored<'clusters'>[];
  readonly approvers: Stored<'approvers'>[];
  readonly people: PersonRow[];
}

/** Everything that a version holds, as one moment sees it. @throws {AppError} ENTITY_NOT_FOUND */
export async function readConfigurationRows(
  tx: SqlTransaction,
  configVersionId: string,
): Promise<ConfigurationRows> {
  const rowsOf = (kind: 'scopes' | 'vendors' | 'roles' | 'clusters' | 'approvers') => {
    const { fields, source, from, key } = rowSources[kind];
    return Prisma.sql`
      (select coalesce(json_agg(r), '[]')
       from (select ${fields} ${source} ${from} where t.config_version_id = v.id order by ${key}) r)`;
  };
  const { policies, stages } = rowSources;
  const [rows] = await tx.query<StoredRows[]>(Prisma.sql`
    select ${rowsOf('scopes')} as scopes, ${rowsOf('vendors')} as vendors, ${rowsOf('roles')} as roles,
      ${rowsOf('clusters')} as clusters, ${rowsOf('approvers')} as approvers,
      (select coalesce(json_agg(r), '[]') from (
        select ${policies.fields},
          (select coalesce(json_agg(c), '[]') from (
            select ${stages.fields} ${stages.from} where t.policy_id = policy.id order by t.sequence_order, t.id
          ) c) as stages
        ${policies.from} join approval_policy_master policy on policy.id = t.id
        where t.config_version_id = v.id order by ${policies.key}
      ) r) as policies,
      (select coalesce(json_agg(r), '[]') from (
        select lower(u.email) as email, u.display_name as name, u.phone from users u
        where u.id in (select a.user_id from cluster_approver_master a where a.config_version_id = v.id)
          or u.id in (select p.static_user_id from approval_policy_stages p where p.config_version_id = v.id)
        order by lower(u.email)
      ) r) as people
    from config_versions v where v.id = ${configVersionId}`);
  if (rows === undefined) {
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'configVersion', id: configVersionId });
  }
  // In a workbook what is not there is left out.
  return {
    ...rows,
    vendors: rows.vendors.map(({ contactEmail, ...row }) =>
      contactEmail === null ? row : { ...row, contactEmail },
    ),
    policies: rows.policies.map(({ parentPolicyCode, ...row }) =>
      parentPolicyCode === null ? row : { ...row, parentPolicyCode },
    ),
    approvers: rows.approvers.map(({ effectiveFrom, effectiveTo, ...row }) => ({
      ...row,
      ...(effectiveFrom === null ? {} : { effectiveFrom }),
      ...(effectiveTo === null ? {} : { effectiveTo }),
    })),
  };
}
