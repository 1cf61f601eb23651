import { z } from 'zod';
import { Day, Id, Instant, PageInput, pageOf, RequiredText } from './wire.ts';
import { UserStatus } from './workspace.ts';

/** Somebody in a seat for a cluster, in a config version: rank 1 is the primary, then the backups in order. */
export const ClusterApprover = z.object({
  id: Id,
  configVersionId: Id,
  clusterId: Id,
  clusterCode: z.string(),
  scopeCode: z.string(),
  roleId: Id,
  roleCode: z.string(),
  roleName: z.string(),
  rank: z.int().positive(),
  userId: Id,
  personName: z.string(),
  email: z.string(),
  /** Only somebody ACTIVE, or PENDING when nobody else is there, is asked. */
  personStatus: UserStatus,
  /** First and last day in the seat; null is unlimited. */
  effectiveFrom: Day.nullable(),
  effectiveTo: Day.nullable(),
  /** Where in the workbook it came from; null for one that was set by hand. */
  sourceSheet: z.string().nullable(),
  sourceRow: z.int().nullable(),
  sourceColumn: z.string().nullable(),
  createdAt: Instant,
});
export type ClusterApprover = z.infer<typeof ClusterApprover>;

export const ClusterApproverRef = z.object({ clusterApproverId: Id });
export type ClusterApproverRef = z.infer<typeof ClusterApproverRef>;

export const ClusterApproverPage = pageOf(ClusterApprover);

export const ListClusterApprovers = PageInput.extend({
  configVersionId: Id,
  /** `added` is the order in which they were imported or added. */
  sort: z.enum(['added', 'clusterCode', 'personName']).default('added'),
  /** Part of a person's name or e-mail address or of a cluster code, whatever the case. */
  search: RequiredText.max(200).optional(),
  clusterId: Id.optional(),
  clusterCode: RequiredText.optional(),
  scopeCode: RequiredText.optional(),
  roleId: Id.optional(),
  roleCode: RequiredText.optional(),
  userId: Id.optional(),
  personStatus: UserStatus.optional(),
  rank: z.int().positive().optional(),
});
export type ListClusterApprovers = z.infer<typeof ListClusterApprovers>;

const period = { effectiveFrom: Day.nullable().default(null), effectiveTo: Day.nullable().default(null) };

interface Period {
  readonly effectiveFrom?: string | null | undefined;
  readonly effectiveTo?: string | null | undefined;
}
const endsAfterStart = ({ effectiveFrom, effectiveTo }: Period): boolean =>
  (effectiveFrom ?? '') <= (effectiveTo ?? '9999-12-31');
const wholePeriod = { error: 'must not be before effectiveFrom', path: ['effectiveTo'] };

/** Adds a person as the last backup of a seat. */
export const CreateClusterApprover = z
  .object({ clusterId: Id, roleId: Id, userId: Id, ...period })
  .refine(endsAfterStart, wholePeriod);
export type CreateClusterApprover = z.infer<typeof CreateClusterApprover>;

/** Fields left out stay as they are; the order of a seat's people is changed by {@link SetClusterApprovers}. */
export const UpdateClusterApprover = z
  .object({
    clusterApproverId: Id,
    userId: Id.optional(),
    effectiveFrom: Day.nullable().optional(),
    effectiveTo: Day.nullable().optional(),
  })
  .refine(endsAfterStart, wholePeriod);
export type UpdateClusterApprover = z.infer<typeof UpdateClusterApprover>;

/** All people of a seat for a cluster, the primary first; nobody when the list is empty. */
export const SetClusterApprovers = z.object({
  clusterId: Id,
  roleId: Id,
  people: z
    .array(z.object({ userId: Id, ...period }).refine(endsAfterStart, wholePeriod))
    .max(100)
    .refine((people) => new Set(people.map(({ userId }) => userId)).size === people.length, {
      error: 'must name nobody twice',
    }),
});
export type SetClusterApprovers = z.infer<typeof SetClusterApprovers>;

/** The people of one seat, the primary first. */
export const ClusterSeat = z.object({ approvers: z.array(ClusterApprover) });
export type ClusterSeat = z.infer<typeof ClusterSeat>;
