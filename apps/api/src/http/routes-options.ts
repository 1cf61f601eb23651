import type { AnyTRPCRouter } from '@trpc/server';
import type { HttpLimits } from './http-limits.ts';
import type { Observer } from './observer.ts';
import type { KnownProcedure } from './procedures-of.ts';
import type { ContextDependencies } from './request-context.ts';

/** What the routes of the procedures work with, tRPC's and REST's. */
export interface RoutesOptions extends ContextDependencies {
  readonly router: AnyTRPCRouter;
  readonly procedures: ReadonlyMap<string, KnownProcedure>;
  readonly limits: HttpLimits;
  readonly observer: Observer;
}
