import type { FastifyBaseLogger } from 'fastify';

/** What domain functions use beside the database. */
export interface Services {
  readonly log: FastifyBaseLogger;
  readonly clock: () => Date;
}
