/** A running embedded server that this process has a share in. */
export interface EmbeddedServer {
  readonly name: string;
  readonly dataDir: string;
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly majorVersion: number;
  /** The connection string of one of its databases, password included. */
  url(database: string): string;
  /** Gives up this process's use; the server stops when nobody uses it any more. Idempotent. */
  release(): Promise<void>;
}
