import type { AnyTRPCProcedure, AnyTRPCRouter, ProcedureType } from '@trpc/server';
import { procedureRunner } from './procedure-runner.ts';

/** A procedure as the server sees it. */
export interface KnownProcedure {
  readonly type: ProcedureType;
  readonly run: ReturnType<typeof procedureRunner>;
}

/** Every procedure of the router by its path, as `module.verb`. */
export function proceduresOf(router: AnyTRPCRouter): ReadonlyMap<string, KnownProcedure> {
  // oxlint-disable-next-line no-underscore-dangle -- the library's own name
  const procedures = Object.entries<AnyTRPCProcedure>(router._def.procedures);
  return new Map(
    procedures.map(([path, procedure]) => {
      const { _def: definition } = procedure;
      return [path, { type: definition.type, run: procedureRunner(procedure) }];
    }),
  );
}
