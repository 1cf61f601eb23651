import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

import { PreparedInverse } from './migrations/inverses.ts';
import { Migrated } from './migrations/migrated.ts';
import { Progress } from './progress.ts';

/** The steps of a deployment, in order; `rollback` only when something failed. */
export const STEPS = [
  'plan',
  'lock',
  'backup',
  'rehearse',
  'gate',
  'migrate',
  'verify',
  'smoke',
  'rollback',
  'finish',
] as const;
export type StepName = (typeof STEPS)[number];

const Step = z.enum(STEPS);

/** Which process runs a run, so that one that was killed is recognised. */
export const RunProcess = z.object({
  host: z.string(),
  pid: z.int(),
  /** {@link processIdentity}; empty where the system does not tell. */
  process: z.string(),
});
export type RunProcess = z.infer<typeof RunProcess>;

/** What happens in a run. All but progress is in the journal; a reporter shows all of it. */
export const RunEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('run-started'),
    id: z.string(),
    command: z.string(),
    target: z.string(),
    database: z.string(),
    embedded: z.boolean(),
    commit: z.string().nullable(),
    by: z.string(),
    ...RunProcess.shape,
  }),
  /** Another process goes on with a run whose own was killed. */
  z.object({ type: z.literal('run-resumed'), by: z.string(), ...RunProcess.shape }),
  /** What the run is about to do, and to what; what a recovery compares the target with. */
  z.object({
    type: z.literal('planned'),
    pending: z.array(z.object({ name: z.string(), checksum: z.string() })),
    /** {@link schemaHash} of the target before. */
    schema: z.string(),
    serverVersion: z.string(),
  }),
  /** {@link schemaHash} that the target must have afterwards, where a rehearsal has told. */
  z.object({ type: z.literal('rehearsed'), schema: z.string().nullable() }),
  z.object({ type: z.literal('step-started'), step: Step }),
  z.object({ type: z.literal('step-progress'), step: Step, ...Progress.shape }),
  z.object({
    type: z.literal('step-finished'),
    step: Step,
    durationMs: z.number(),
    summary: z.string(),
    /** Whether what the step found speaks for going on; false is not an error of the step. */
    passed: z.boolean(),
  }),
  z.object({
    type: z.literal('step-failed'),
    step: Step,
    durationMs: z.number(),
    code: z.string(),
    message: z.string(),
  }),
  z.object({ type: z.literal('note'), level: z.enum(['info', 'warning']), message: z.string() }),
  /** Written before an act that a killed run would leave half done; `object` is what a recovery would look for. */
  z.object({
    type: z.literal('intent'),
    action: z.enum([
      'hooks',
      'create-scratch',
      'apply-unit',
      'commit',
      'apply-inverse',
      'restore-beside',
      'swap',
      'block-writes',
    ]),
    object: z.string(),
    /** Of a unit that commits by itself: what undoes it, the latest last; null when nothing short of the backup does. */
    inverses: z.array(PreparedInverse).nullable().optional(),
    /** Of a commit: the traces that its rows bear. */
    migrated: Migrated.optional(),
    /** Of a swap back: the id of the backup. */
    backup: z.string().optional(),
    /** Of migrations that are tried out: the roles that were there before, all of which stay. */
    roles: z.array(z.string()).optional(),
  }),
  z.object({ type: z.literal('completed'), action: z.string(), object: z.string() }),
  z.object({
    type: z.literal('run-finished'),
    outcome: z.string(),
    exitCode: z.int(),
    message: z.string(),
    /** Whether everything was completed that would otherwise be left behind: see {@link openIntents}. */
    complete: z.boolean(),
  }),
]);
export type RunEvent = z.infer<typeof RunEvent>;

const JournalEntry = z.intersection(z.object({ seq: z.int(), at: z.iso.datetime() }), RunEvent);
export type JournalEntry = z.infer<typeof JournalEntry>;

type Intent = Extract<RunEvent, { type: 'intent' }>;

/** What stays behind when it is not completed; the others are settled by looking at the target. */
const LEFT_BEHIND = [
  'hooks',
  'create-scratch',
  'restore-beside',
  'block-writes',
] as const satisfies readonly Intent['action'][];

/** The intents of a run that it has not completed and that leave something behind. */
export function openIntents(entries: readonly RunEvent[]): Intent[] {
  const open = new Map<string, Intent>();
  for (const entry of entries) {
    if (entry.type === 'intent' && LEFT_BEHIND.some((action) => action === entry.action))
      open.set(`${entry.action} ${entry.object}`, entry);
    if (entry.type === 'completed') open.delete(`${entry.action} ${entry.object}`);
  }
  return [...open.values()];
}

/** The durable record of one run: one JSON object a line, each on disk before {@link append} returns. */
export interface Journal {
  append(event: RunEvent): void;
  close(): void;
}

/** Opens a new journal; the file must not exist yet. */
export function openJournal(file: string): Journal {
  mkdirSync(dirname(file), { recursive: true });
  return journalOn(openSync(file, 'ax', 0o640), 0, 0);
}

/** Opens the journal of a killed run, to go on behind its last whole entry. */
export function reopenJournal(file: string): Journal {
  const text = readFileSync(file);
  const sizeBytes = text.lastIndexOf('\n') + 1;
  const descriptor = openSync(file, 'a');
  // The half of a line that the killed process left was never an entry, and would spoil the next one.
  ftruncateSync(descriptor, sizeBytes);
  return journalOn(descriptor, readJournal(file).at(-1)?.seq ?? 0, sizeBytes);
}

function journalOn(descriptor: number, lastSeq: number, size: number): Journal {
  let seq = lastSeq;
  let sizeBytes = size;
  return {
    append(event) {
      const line = Buffer.from(
        `${JSON.stringify({ seq: seq + 1, at: new Date().toISOString(), ...event })}\n`,
      );
      try {
        let written = 0;
        while (written < line.length) written += writeSync(descriptor, line, written);
        fsyncSync(descriptor);
      } catch (error) {
        // Half a line would spoil the next one.
        ftruncateSync(descriptor, sizeBytes);
        throw error;
      }
      seq += 1;
      sizeBytes += line.length;
    },
    close: () => closeSync(descriptor),
  };
}

/** The entries of a journal. A last line that a killed run wrote only half of is left out. */
export function readJournal(file: string): JournalEntry[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.slice(0, -1).map((line) => JournalEntry.parse(JSON.parse(line)));
}
