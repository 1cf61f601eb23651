import type pg from 'pg';
import type { Connection } from '../../connection.ts';
import type { ServerFacts } from '../../server-facts.ts';
import type { DoctorFinding } from '../finding.ts';

/** What a look at a server may use: sessions of its own, which it leaves as they were. */
export interface ServerContext {
  client: pg.Client;
  /** A second session, open at the same time. */
  second: pg.Client;
  connection: Connection;
  rehearsal: Connection;
  facts: ServerFacts;
  migrations: string;
  clientTools: string | undefined;
}

/** One look at a server. It writes nothing. */
export type ServerCheck = (context: ServerContext) => Promise<DoctorFinding[]>;
