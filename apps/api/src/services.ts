import type { FastifyBaseLogger } from 'fastify';
import type { AccessCache } from './access-cache.ts';
import type { Changes } from './changes.ts';
import type { DocumentStore } from './document-store.ts';
import type { IsKnownElsewhere } from './is-known-elsewhere.ts';
import type { DeploymentReports } from './modules/deployments/deployment-reports.ts';
import type { IntegrityAuditor } from './modules/integrity-audits/integrity-auditor.ts';
import type { PasswordLinks } from './password-links.ts';

/** What domain functions use beside the database. */
export interface Services {
  readonly log: FastifyBaseLogger;
  readonly clock: () => Date;
  readonly changes: Changes;
  /** Where the bytes of documents lie. */
  readonly documents: DocumentStore;
  /** Whether alerts may be sent to this machine, which is for tests and development. */
  readonly allowLoopbackWebhooks: boolean;
  readonly integrityAuditor: IntegrityAuditor;
  readonly deployments: DeploymentReports;
  /** Told at once of changes of access, before their news comes back from the database. */
  readonly accessCache: Pick<AccessCache, 'forget'>;
  readonly isKnownElsewhere: IsKnownElsewhere;
  /** How people come to a password. */
  readonly passwordLinks: PasswordLinks;
}
