import { type DatabaseOptions, openDatabase } from '@apms/db';
import { auditOrphans, listForeignKeys, storeOrphanAudit } from '@apms/db/checks';
import type { IntegrityOrigin, OrphanAudit } from '@apms/validators';
import type { PoolClient } from 'pg';
import { AppError } from '../../errors.ts';
import { cancelAfter } from './cancel-after.ts';

export interface AuditRequest {
  readonly origin: IntegrityOrigin;
  readonly requestedById?: string;
  /** After this the audit is given up and nothing is stored. */
  readonly timeLimitMs: number;
  /** Gives it up at once. */
  readonly signal?: AbortSignal;
}

/** An audit as it was stored. */
export interface StoredAudit {
  readonly auditId: string;
  readonly origin: IntegrityOrigin;
  readonly audit: OrphanAudit;
}

/** Runs the orphan audit over every declared foreign key of the whole database, one run at a time. */
export interface IntegrityAuditor {
  /** @throws {AppError} INTEGRITY_AUDIT_RUNNING in this or another process; TIMED_OUT */
  run(request: AuditRequest): Promise<StoredAudit>;
  /** Gives up what is running. */
  close(): Promise<void>;
}

export interface IntegrityAuditorOptions
  extends Pick<DatabaseOptions, 'connectionString' | 'onConnectionError'> {
  /** Called in the transaction that stores an audit, as the role `apms_jobs`. */
  readonly onStored?: (client: PoolClient, stored: StoredAudit) => Promise<void>;
}

/** Any number, the same in every process. */
const AUDIT_LOCK = 7_301_882_114;

/**
 * An auditor with connections of its own, which are open only while it works: an audit reads the whole database,
 * and must neither wait for those who call the API nor be in their way.
 */
export function createIntegrityAuditor({ onStored, ...options }: IntegrityAuditorOptions): IntegrityAuditor {
  const database = openDatabase({ ...options, max: 3, applicationName: 'apms-api-audit', maxStatements: 0 });
  const closing = new AbortController();

  async function run({ origin, requestedById, timeLimitMs, ...request }: AuditRequest): Promise<StoredAudit> {
    const signal = AbortSignal.any([
      closing.signal,
      ...(request.signal === undefined ? [] : [request.signal]),
    ]);
    return await database.asSystem(async (_tx, first) => {
      await claim(first);
      const audit = await database.asSystem((_, second) =>
        cancelAfter(timeLimitMs, { clients: [first, second], pool: database.pool, signal }, async () =>
          auditOrphans([first, second], await listForeignKeys(first)),
        ),
      );
      const person = requestedById === undefined ? {} : { requestedById };
      const stored = { auditId: await storeOrphanAudit(first, audit, { origin, ...person }), origin, audit };
      await onStored?.(first, stored);
      return stored;
    });
  }

  return {
    run,
    close: async () => {
      closing.abort();
      await database.close();
    },
  };
}

/** The lock lasts as long as the transaction, so that a process that dies leaves none behind. */
async function claim(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ claimed: boolean }>(
    'select pg_try_advisory_xact_lock($1) as claimed',
    [AUDIT_LOCK],
  );
  if (rows[0]?.claimed !== true) throw new AppError({ code: 'INTEGRITY_AUDIT_RUNNING' });
}
