import { randomUUID } from 'node:crypto';
import type { Database } from '@apms/db';
import type { Person } from '../person.ts';
import { type AppRouter, appRouter } from '../router.ts';
import type { Services } from '../services.ts';

/** Where the demonstration happens. */
export interface DemoWorld {
  readonly database: Database;
  readonly services: Services;
  readonly workspaceId: string;
}

export type DemoCaller = ReturnType<AppRouter['createCaller']>;

/** The request of a person, without HTTP. */
export function requestOf({ database, services, workspaceId }: DemoWorld, person: Person) {
  return {
    requestId: randomUUID(),
    authenticate: () => Promise.resolve(person),
    workspaceId,
    idempotencyKey: null,
    callCount: 1,
    database,
    services,
    guard: <Db>(db: Db) => db,
  };
}

/** Every procedure as the person may call it, at the moment `now`. */
export function callerOf(world: DemoWorld, person: Person, now: Date = world.services.clock()): DemoCaller {
  const services = { ...world.services, clock: () => now };
  return appRouter.createCaller(requestOf({ ...world, services }, person));
}
