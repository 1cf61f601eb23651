import { randomUUID } from 'node:crypto';
import type { MigrationRun } from '@apms/validators';
import type pg from 'pg';
import type { ExecutionUnit } from '../sql/arrange.ts';
import type { Migration } from './read.ts';

/** Which migrations are complete and not yet recorded in Prisma's history. */
export class Bookkeeping {
  readonly #pending: readonly Migration[];
  #left = new Map<string, number>();
  #written = new Set<string>();

  constructor(pending: readonly Migration[], units: readonly ExecutionUnit[]) {
    this.#pending = pending;
    for (const unit of units) {
      for (const { migration } of unit.kind === 'alone' ? [unit] : unit.parts) {
        this.#left.set(migration, (this.#left.get(migration) ?? 0) + 1);
      }
    }
  }

  /** For an attempt that may be rolled back. */
  copy(): Bookkeeping {
    const copy = new Bookkeeping(this.#pending, []);
    copy.#left = new Map(this.#left);
    copy.#written = new Set(this.#written);
    return copy;
  }

  /** Takes over what a committed attempt did. */
  adopt(other: Bookkeeping): void {
    this.#left = other.#left;
    this.#written = other.#written;
  }

  /** One of the migration's parts has run. */
  executed({ migration }: { migration: string }): void {
    this.#left.set(migration, (this.#left.get(migration) ?? 1) - 1);
  }

  /** Records every migration that is complete by now. */
  async write(client: pg.Client, runs: Map<string, MigrationRun>): Promise<void> {
    const complete = this.#pending.filter(
      ({ name }) => (this.#left.get(name) ?? 0) === 0 && !this.#written.has(name),
    );
    if (complete.length === 0) return;
    // started_at orders the history: one microsecond apart keeps the order of the folder.
    await client.query(
      `insert into public._prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       select id, checksum, clock_timestamp(), name,
              now() + ordinality * interval '1 microsecond', 1
         from unnest($1::text[], $2::text[], $3::text[]) with ordinality as t (id, checksum, name, ordinality)`,
      [
        complete.map(() => randomUUID()),
        complete.map(({ checksum }) => checksum),
        complete.map(({ name }) => name),
      ],
    );
    for (const { name } of complete) {
      this.#written.add(name);
      if (!runs.has(name)) runs.set(name, { startedAt: null, durationMs: 0, locks: [] });
    }
  }
}
