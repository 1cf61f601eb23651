import {
  ApprovedOverride,
  ApproverOverride,
  ApproverOverridePage,
  JudgeOverride,
  ListOverrides,
  OverrideRef,
  overrideTransitions,
  RequestOverride,
} from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { approveOverride } from './approve-override.ts';
import { getOverride } from './get-override.ts';
import { listOverrides } from './list-overrides.ts';
import { rejectOverride } from './reject-override.ts';
import { requestOverride } from './request-override.ts';
import { revokeOverride } from './revoke-override.ts';

export const overridesRouter = router({
  get: permit('overrides.read')
    .meta(rest('GET', '/overrides/{overrideId}', 'One override'))
    .input(OverrideRef)
    .output(ApproverOverride)
    .query(({ ctx, input }) => getOverride(ctx, input)),

  list: permit('overrides.read')
    .meta(rest('GET', '/overrides', 'Overrides, filtered, the latest first, page by page'))
    .input(ListOverrides)
    .output(ApproverOverridePage)
    .query(({ ctx, input }) => listOverrides(ctx, input)),

  request: permit('overrides.request')
    .meta(rest('POST', '/overrides', 'Ask for another approver'))
    .input(RequestOverride)
    .output(ApproverOverride)
    .mutation(({ ctx, input }) => requestOverride(ctx, input)),

  approve: permit(overrideTransitions.approve.permission)
    .meta(rest('POST', '/overrides/{overrideId}/approve', 'Put an override in force'))
    .input(JudgeOverride)
    .output(ApprovedOverride)
    .mutation(({ ctx, input }) => approveOverride(ctx, input)),

  reject: permit(overrideTransitions.reject.permission)
    .meta(rest('POST', '/overrides/{overrideId}/reject', 'Refuse an override'))
    .input(JudgeOverride)
    .output(ApproverOverride)
    .mutation(({ ctx, input }) => rejectOverride(ctx, input)),

  revoke: permit(overrideTransitions.revoke.permission)
    .meta(rest('POST', '/overrides/{overrideId}/revoke', 'Withdraw an override, or end it before its time'))
    .input(JudgeOverride)
    .output(ApproverOverride)
    .mutation(({ ctx, input }) => revokeOverride(ctx, input)),
});
