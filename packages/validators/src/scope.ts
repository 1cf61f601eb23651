import { z } from 'zod';
import { AtpCategory, ScopeGroup } from './approval-policy.ts';
import { Code, Id, Instant, PageInput, pageOf, RequiredText } from './wire.ts';

const fields = {
  scopeCode: Code,
  scopeName: RequiredText.max(200),
  scopeGroup: ScopeGroup,
  /** By which a policy is chosen when the work does not say. */
  atpCategory: AtpCategory,
  atpType: AtpCategory,
  /** Whether its approvers are found by the cluster of the site. */
  requiresCluster: z.boolean(),
  isActive: z.boolean(),
};

/** A scope of work (RAN, MW …) in a config version. */
export const Scope = z.object({
  id: Id,
  configVersionId: Id,
  ...fields,
  scopeCode: z.string(),
  scopeName: z.string(),
  createdAt: Instant,
});
export type Scope = z.infer<typeof Scope>;

export const ScopeRef = z.object({ scopeId: Id });
export type ScopeRef = z.infer<typeof ScopeRef>;

export const ScopePage = pageOf(Scope);

export const ListScopes = PageInput.extend({
  configVersionId: Id,
  sort: z.enum(['scopeCode', 'scopeName']).default('scopeCode'),
  /** Part of a code or name, whatever the case. */
  search: RequiredText.max(200).optional(),
  scopeGroup: ScopeGroup.optional(),
  isActive: z.boolean().optional(),
});
export type ListScopes = z.infer<typeof ListScopes>;

export const CreateScope = z.object({
  configVersionId: Id,
  ...fields,
  atpCategory: fields.atpCategory.default('BOTH'),
  atpType: fields.atpType.default('BOTH'),
  requiresCluster: fields.requiresCluster.default(true),
  isActive: fields.isActive.default(true),
});
export type CreateScope = z.infer<typeof CreateScope>;

/** Fields left out stay as they are. */
export const UpdateScope = z.object(fields).partial().extend(ScopeRef.shape);
export type UpdateScope = z.infer<typeof UpdateScope>;
