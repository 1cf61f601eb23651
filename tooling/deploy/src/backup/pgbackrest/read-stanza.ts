import { z } from 'zod';
import type { PgbackrestSettings } from '../../config.ts';
import { runPgbackrest } from './run-pgbackrest.ts';

/** Marks a backup as the one of a manifest; {@link StoredLabel.backupId} reads it. */
export const ANNOTATION = 'apms-backup';

const Info = z.tuple([
  z.object({
    status: z.object({
      code: z.int(),
      message: z.string(),
      lock: z.object({ backup: z.object({ held: z.boolean() }) }),
    }),
    db: z.array(z.object({ 'system-id': z.string(), version: z.string() })),
    backup: z.array(
      z.object({
        annotation: z.record(z.string(), z.string()).optional(),
        archive: z.object({ start: z.string(), stop: z.string() }),
        database: z.object({ 'repo-key': z.int() }),
        info: z.object({ size: z.number(), repository: z.object({ delta: z.number() }) }),
        label: z.string(),
        reference: z.array(z.string()).nullable(),
        type: z.enum(['full', 'diff', 'incr']),
      }),
    ),
  }),
]);

/** One of pgBackRest's backups. */
export interface StoredLabel {
  /** Id of the manifest that was made with it; undefined for a backup that somebody else made. */
  backupId: string | undefined;
  label: string;
  type: 'full' | 'diff' | 'incr';
  repository: number;
  dependsOn: string[];
  /** On which timeline it ended. */
  timeline: number;
  clusterBytes: number;
  addedBytes: number;
}

/** What `pgbackrest info` tells of a stanza. */
export interface Stanza {
  /** `no-backups` is as good as `ok`: the first one will be a full one. */
  status: 'ok' | 'no-backups' | 'missing' | 'damaged';
  message: string;
  /** Another process is making a backup. */
  locked: boolean;
  /** The cluster that it belongs to at present; undefined while there is none. */
  systemIdentifier: string | undefined;
  labels: StoredLabel[];
}

const STATUS: Record<number, Stanza['status']> = { 0: 'ok', 1: 'missing', 2: 'no-backups', 3: 'missing' };

/** Asks pgBackRest about the target's stanza. */
export async function readStanza(settings: PgbackrestSettings, signal?: AbortSignal): Promise<Stanza> {
  const text = await runPgbackrest(settings, ['info', '--output=json'], signal);
  // System identifiers are larger than the numbers that JSON.parse can hold.
  const exact = text.replaceAll(/("system-id":)(\d+)/g, '$1"$2"');
  const [{ status, db, backup }] = Info.parse(JSON.parse(exact));
  return {
    status: STATUS[status.code] ?? 'damaged',
    message: status.message,
    locked: status.lock.backup.held,
    systemIdentifier: db.at(-1)?.['system-id'],
    labels: backup.map(({ annotation, archive, database, info, label, reference, type }) => ({
      backupId: annotation?.[ANNOTATION],
      label,
      type,
      repository: database['repo-key'],
      dependsOn: reference ?? [],
      timeline: timelineOf(archive.stop),
      clusterBytes: info.size,
      addedBytes: info.repository.delta,
    })),
  };
}

/** The timeline that a segment of the write-ahead log belongs to, by its name. */
export function timelineOf(segment: string): number {
  return Number.parseInt(segment.slice(0, 8), 16);
}
