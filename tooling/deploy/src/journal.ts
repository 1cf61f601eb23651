import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

import { PreparedInverse } from './migrations/inverses.ts';
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
    pid: z.int(),
  }),
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
  }),
  z.object({ type: z.literal('completed'), action: z.string(), object: z.string() }),
  z.object({ type: z.literal('run-finished'), outcome: z.string(), exitCode: z.int(), message: z.string() }),
]);
export type RunEvent = z.infer<typeof RunEvent>;

const JournalEntry = z.intersection(z.object({ seq: z.int(), at: z.iso.datetime() }), RunEvent);
export type JournalEntry = z.infer<typeof JournalEntry>;

/** The durable record of one run: one JSON object a line, each on disk before {@link append} returns. */
export interface Journal {
  append(event: RunEvent): void;
  close(): void;
}

/** Opens a new journal; the file must not exist yet. */
export function openJournal(file: string): Journal {
  mkdirSync(dirname(file), { recursive: true });
  const descriptor = openSync(file, 'ax', 0o640);
  let seq = 0;
  let sizeBytes = 0;
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
