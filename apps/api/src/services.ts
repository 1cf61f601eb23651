import type { FastifyBaseLogger } from 'fastify';
import type { DocumentStore } from './document-store.ts';

/** What domain functions use beside the database. */
export interface Services {
  readonly log: FastifyBaseLogger;
  readonly clock: () => Date;
  /** Where the bytes of documents lie. */
  readonly documents: DocumentStore;
}
