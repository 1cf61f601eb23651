import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import { checkConnection } from './check-connection.ts';
import { explainFailure } from './explain-failure.ts';
import { loadSchemaEngine } from './load-schema-engine.ts';
import { offlineSession } from './offline-session.ts';
import { openSession, type ScriptFailure } from './open-session.ts';
import { type Datasource, openShadowSession } from './open-shadow-session.ts';

export interface SchemaEngineOptions extends Datasource {
  /** Prisma schema files as pairs of path and content. */
  readonly datamodels?: [path: string, content: string][] | undefined;
  /** True when nothing asked of the engine looks at the database itself; implied without a `url`. */
  readonly offline?: boolean;
  /** Receives the engine's log, one JSON line at a time. */
  readonly onLog?: (line: string) => void;
}

export interface OpenSchemaEngine {
  readonly engine: SchemaEngine;
  readonly offline: boolean;
  /** The engine's error with what the engine dropped from it: codes, the database's words, the migration's name. */
  readonly explain: (error: unknown) => Promise<unknown>;
  /** Closes every session that the engine opened and drops every shadow database it created. */
  readonly close: () => Promise<void>;
}

/**
 * Starts Prisma's schema engine on the datasource, in this process.
 *
 * @throws {EngineError} P1000, P1001, P1003 or P1010 when the database cannot be used.
 */
export async function openSchemaEngine(options: SchemaEngineOptions): Promise<OpenSchemaEngine> {
  const url = options.offline ? undefined : options.url;
  const sessions = new Set<SqlDriverAdapter>();
  // The engine does not dispose of a shadow database when replaying a migration in it fails.
  const track = (session: SqlDriverAdapter): SqlDriverAdapter => {
    const tracked: SqlDriverAdapter = {
      ...session,
      dispose: async () => {
        if (sessions.delete(tracked)) await session.dispose();
      },
    };
    sessions.add(tracked);
    return tracked;
  };
  const close = async (): Promise<void> => {
    for (const session of sessions) await session.dispose();
  };

  let scriptFailure: ScriptFailure | undefined;
  const onScriptFailure = (failure: ScriptFailure): void => {
    scriptFailure = failure;
  };

  if (url !== undefined) await checkConnection(url);
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: '@apms/db',
    connect: async () => track(url === undefined ? offlineSession : await openSession(url, onScriptFailure)),
    connectToShadowDb: async () => track(await openShadowSession(options, onScriptFailure)),
  });
  const explain = (error: unknown): Promise<unknown> =>
    explainFailure(error, {
      thrownById: (id) => factory.errorRegistry.consumeError(id)?.error,
      scriptFailure,
      url,
    });
  const Engine = await loadSchemaEngine();
  try {
    const engine = await Engine.new({ datamodels: options.datamodels }, options.onLog ?? (() => {}), factory);
    return { engine, offline: url === undefined, explain, close };
  } catch (error) {
    await close();
    throw await explain(error);
  }
}
