/** The PostgreSQL server that a run's tests use; the set-up provides it, `inject('testServer')` reads it. */
export interface TestServer {
  readonly kind: 'embedded' | 'server';
  /** For people, as in "PostgreSQL 15.3 of /usr/lib/postgresql/15/bin". */
  readonly name: string;
  readonly majorVersion: number;
  /** The maintenance database, as a superuser. */
  readonly url: string;
  /** Where the server's own programs lie, when the set-up has started it. */
  readonly binDir?: string;
  /** Unlike any other run's, so that runs can share a server. */
  readonly runId: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}
