import { type Database, openDatabase } from '@apms/db';
import type { Logger } from 'pino';
import { createAccessCache } from './access-cache.ts';
import { type Auth, createAuth } from './auth.ts';
import { type Authenticate, createAuthenticate } from './authenticate.ts';
import { openChanges } from './changes.ts';
import { directoryDocumentStore } from './directory-document-store.ts';
import type { Env } from './env.ts';
import { createIsKnownElsewhere } from './is-known-elsewhere.ts';
import { announceAudit } from './jobs/announce-audit.ts';
import { createJobQueue, type JobQueue } from './jobs/job-queue.ts';
import { createLogMailer, createMailer, createMissingMailer, type Mailer } from './mailer.ts';
import { directoryDeploymentReports } from './modules/deployments/directory-deployment-reports.ts';
import { createIntegrityAuditor } from './modules/integrity-audits/integrity-auditor.ts';
import { createPasswordLinks } from './password-links.ts';
import type { Services } from './services.ts';

/** Everything that a process of the API works with beside its server. */
export interface OpenedServices {
  readonly database: Database;
  readonly services: Services;
  readonly auth: Auth;
  readonly authenticate: Authenticate;
  readonly mailer: Mailer;
  readonly queue: JobQueue;
  close(): Promise<void>;
}

/** Opens what the environment describes; connections are made on first use. */
export function openServices(env: Env, log: Logger): OpenedServices {
  const connectionString = env.DATABASE_URL;
  const database = openDatabase({
    connectionString,
    max: env.DATABASE_CONNECTIONS,
    onConnectionError: (error) => log.warn({ err: error }, 'a connection broke'),
  });
  const changes = openChanges({
    connectionString,
    pool: database.pool,
    onInterruption: (error) => log.warn({ err: error }, 'changes do not arrive for a while'),
    onUnreadable: () => log.warn('a message that is no change'),
  });
  const accessCache = createAccessCache(changes);
  const mailer = openMailer(env, log);
  const queue = createJobQueue({
    connectionString,
    works: env.JOBS === 'on',
    onError: (error) => log.error({ err: error }, 'the job queue has trouble'),
  });
  const integrityAuditor = createIntegrityAuditor({
    connectionString,
    onStored: (client, stored) => announceAudit({ queue, log }, client, stored),
  });
  const auth = createAuth({
    database,
    secret: env.SECRET,
    apiUrl: env.API_URL,
    trustedOrigins: [new URL(env.APP_URL).origin, ...(env.TRUSTED_ORIGINS ?? [])],
    mailer,
    accessCache,
    log,
  });
  const services: Services = {
    log,
    clock: () => new Date(),
    changes,
    documents: directoryDocumentStore({ directory: env.DOCUMENTS_DIR, limitBytes: env.DOCUMENT_LIMIT_BYTES }),
    deployments: directoryDeploymentReports({ directory: env.DEPLOYMENTS_DIR }),
    allowLoopbackWebhooks: env.NODE_ENV === 'development',
    integrityAuditor,
    accessCache,
    isKnownElsewhere: createIsKnownElsewhere(database),
    passwordLinks: createPasswordLinks({ database, mailer, apiUrl: env.API_URL }),
  };
  return {
    database,
    services,
    auth,
    authenticate: createAuthenticate({ auth, database, accessCache, services }),
    mailer,
    queue,
    close: async () => {
      await Promise.all([changes.close(), integrityAuditor.close(), queue.close()]);
      await database.close();
    },
  };
}

function openMailer({ SMTP_URL: smtpUrl, MAIL_FROM: from, NODE_ENV: mode }: Env, log: Logger): Mailer {
  if (smtpUrl !== undefined) return createMailer({ smtpUrl, from });
  return mode === 'development' ? createLogMailer(log) : createMissingMailer();
}
