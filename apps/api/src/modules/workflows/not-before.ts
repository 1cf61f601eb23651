import type { WorkspaceContext } from '../../context.ts';

/**
 * The same call, but at the earliest at the last change of what it changes: a call that waited for another one came in
 * before it, and the clocks of two servers differ, but in a log no time runs backwards.
 */
export function notBefore(
  ctx: WorkspaceContext,
  { updatedAt }: { readonly updatedAt: Date },
): WorkspaceContext {
  return updatedAt > ctx.now ? { ...ctx, now: updatedAt } : ctx;
}
