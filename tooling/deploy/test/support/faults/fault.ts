import { join } from 'node:path';
import { z } from 'zod';

/** What breaks. */
export const FaultKind = z.enum([
  /** SIGKILL to the deploy tool. */
  'tool',
  /** SIGKILL to the `pg_dump` or `pg_restore` that it runs. */
  'program',
  /** One of its sessions is ended, as an administrator would. */
  'session',
  /** SIGKILL to the process of one of its sessions: PostgreSQL restarts itself. */
  'backend',
  /** SIGKILL to the postmaster; it is started again a moment later. */
  'server',
  /** The network loses every connection, and the server is not told. */
  'network',
  /** The disk of the state directory is full until the run has ended. */
  'disk',
]);
export type FaultKind = z.infer<typeof FaultKind>;

/** A fault and its moment: so long after so many entries of the journal. */
export const Fault = z.object({
  kind: FaultKind,
  entry: z.int(),
  delayMs: z.number(),
  /** Of the maintenance database, as a superuser, without a detour. */
  adminUrl: z.string(),
  dataDir: z.string(),
  /** A connection to this port makes the proxy lose all others. */
  cutPort: z.int(),
  stateDirectory: z.string(),
});
export type Fault = z.infer<typeof Fault>;

/** What {@link Fault} is to the process that does the damage. */
export const Strike = Fault.omit({ entry: true }).extend({ pid: z.int() });

/** A file that is there while a delayed strike is still to come. */
export function comingMark({ stateDirectory }: Pick<Fault, 'stateDirectory'>): string {
  return join(stateDirectory, '..', 'strike-is-coming');
}
