import { newId, Prisma, type SqlTransaction } from '@apms/db';
import type { CreateSubmission, Produced, Submission } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { readSubmission } from './read-submission.ts';

/**
 * A new DRAFT for a site, scope and category. Scope and vendor are those of the ACTIVE version; when it is superseded
 * later, the submission keeps them, and its review finds their successors by their codes.
 * @throws {AppError} SUBMISSION_OPEN when there is an open one for the same; CONFIG_VERSION_MISSING;
 *   REFERENCE_NOT_FOUND
 */
export async function createSubmission(
  ctx: WorkspaceContext,
  input: CreateSubmission,
): Promise<Produced<typeof Submission>> {
  const { db, now, actor } = ctx;
  const { workspaceId } = db.scope;
  return await db.transaction(async (tx) => {
    // One after another, so that each sees the number and the open submission of the one before.
    const [, facts] = await Promise.all([
      tx.query(
        Prisma.sql`select pg_advisory_xact_lock(hashtextextended('atp_submissions:' || ${workspaceId}, 0))`,
      ),
      readFacts(tx, ctx, input),
    ]);
    const { scopeId, vendorId } = requireFacts(facts, input);
    const id = newId();
    const submissionNumber = `ATP-${now.getUTCFullYear()}-${String(facts.lastNumber + 1).padStart(6, '0')}`;
    const [, , submission] = await Promise.all([
      tx.query(Prisma.sql`
        insert into atp_submissions (id, workspace_id, submission_number, site_id, scope_id, scope_code, atp_category,
                                     vendor_id, submitted_by_id, created_at, updated_at)
        values (${id}, ${workspaceId}::uuid, ${submissionNumber}, ${input.siteId}, ${scopeId}, ${input.scopeCode},
                ${input.atpCategory}, ${vendorId}, ${actor.userId}, ${now}, ${now})`),
      recordAuditEvent(tx, ctx, {
        action: 'submissions.create',
        entityType: 'submission',
        entityId: id,
        details: { to: 'DRAFT', revisionNumber: 1, submissionNumber, ...input },
      }),
      readSubmission(tx, id),
    ]);
    return submission;
  });
}

interface Facts {
  readonly hasVersion: boolean;
  readonly hasSite: boolean;
  readonly scopeId: string | null;
  readonly vendorId: string | null;
  readonly openNumber: string | null;
  readonly lastNumber: number;
}

async function readFacts(
  tx: SqlTransaction,
  { db, now }: WorkspaceContext,
  { siteId, scopeCode, atpCategory, vendorCode }: CreateSubmission,
): Promise<Facts> {
  const prefix = `ATP-${now.getUTCFullYear()}-`;
  const [facts] = await tx.query<Facts[]>(Prisma.sql`
    select v.id is not null as "hasVersion",
           exists (select from sites where id = ${siteId}) as "hasSite",
           (select sc.id from atp_scope_master sc
            where sc.config_version_id = v.id and sc.scope_code = ${scopeCode} and sc.is_active) as "scopeId",
           (select vm.id from vendor_master vm
            where vm.config_version_id = v.id and vm.vendor_code = ${vendorCode}::text and vm.is_active) as "vendorId",
           (select s.submission_number from atp_submissions s
            where s.site_id = ${siteId} and s.scope_code = ${scopeCode} and s.atp_category = ${atpCategory}
              and s.status not in ('COMPLETED', 'CANCELLED')) as "openNumber",
           coalesce((select substr(s.submission_number, ${prefix.length + 1}::int)::int from atp_submissions s
                     where s.submission_number >= ${prefix} and s.submission_number < ${`${prefix}a`}
                       and s.submission_number ~ ${`^${prefix}\\d{6}$`}
                     order by s.submission_number desc limit 1), 0) as "lastNumber"
    from (select ${db.scope.workspaceId}::uuid as workspace_id) here
    left join config_versions v on v.workspace_id = here.workspace_id and v.source_type = 'APPROVAL_MATRIX'
      and v.status = 'ACTIVE'`);
  if (facts === undefined) throw new TypeError('a left join of one row has one row');
  return facts;
}

function requireFacts(
  { hasVersion, hasSite, scopeId, vendorId, openNumber }: Facts,
  { siteId, scopeCode, vendorCode }: CreateSubmission,
): { readonly scopeId: string; readonly vendorId: string | null } {
  if (!hasVersion) throw new AppError({ code: 'CONFIG_VERSION_MISSING', sourceType: 'APPROVAL_MATRIX' });
  if (!hasSite) throw missing('sites', 'siteId', siteId);
  if (scopeId === null) throw missing('atp_scope_master', 'scopeCode', scopeCode);
  if (vendorCode !== null && vendorId === null) throw missing('vendor_master', 'vendorCode', vendorCode);
  if (openNumber !== null) throw new AppError({ code: 'SUBMISSION_OPEN', submissionNumber: openNumber });
  return { scopeId, vendorId };
}

function missing(entity: string, field: string, id: string): AppError {
  return new AppError({ code: 'REFERENCE_NOT_FOUND', entity, field, id });
}
