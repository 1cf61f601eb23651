import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import { DatabaseError, Pool, type QueryArrayConfig, type QueryArrayResult } from 'pg';
import { schemaOfUrl } from './database-url.ts';

const CHAR_OID = 18;
const TEXT_OID = 25;

/** Columns of type `"char"` by the rows they came with; the adapter passes the rows on unchanged. */
const charColumnsOf = new WeakMap<object, number[]>();

/** Disguises `"char"`, which the adapter rejects and introspection selects, as text. */
function disguiseChars(given: QueryArrayResult): QueryArrayResult {
  // A script of several statements yields a list of results, whatever the types say.
  const result: QueryArrayResult = Array.isArray(given) ? given.at(-1) : given;
  const columns = result.fields.flatMap((field, index) => (field.dataTypeID === CHAR_OID ? [index] : []));
  for (const column of columns) {
    const field = result.fields[column];
    if (field) field.dataTypeID = TEXT_OID;
    for (const row of result.rows) if (row[column] === '') row[column] = '\0';
  }
  charColumnsOf.set(result.rows, columns);
  return result;
}

function restoreChars(result: SqlResultSet): SqlResultSet {
  for (const column of charColumnsOf.get(result.rows) ?? []) {
    result.columnTypes[column] = ColumnTypeEnum.Character;
  }
  return result;
}

/** A script that the database refused. */
export interface ScriptFailure {
  readonly script: string;
  readonly error: DatabaseError;
}

function driverError({ error }: ScriptFailure): DriverAdapterError {
  return new DriverAdapterError({
    kind: 'postgres',
    code: error.code ?? 'XX000',
    severity: error.severity ?? 'ERROR',
    message: error.message,
    detail: error.detail,
    column: error.column,
    hint: error.hint,
  });
}

/**
 * One database session as the schema engine needs it: `"char"` is known and a script is sent whole. The engine
 * shortens a script's error, so `onScriptFailure` receives the full one first.
 */
export async function openSession(
  url: string,
  onScriptFailure: (failure: ScriptFailure) => void,
): Promise<SqlDriverAdapter> {
  const pool = new Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0 });
  const describing = new Proxy(pool, {
    get(target, key) {
      if (key === 'query') {
        return async (query: QueryArrayConfig) => disguiseChars(await target.query(query));
      }
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const schema = schemaOfUrl(url);
  const inner = await new PrismaPg(describing, { schema, disposeExternalPool: true }).connect();
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    queryRaw: async (query: SqlQuery) => restoreChars(await inner.queryRaw(query)),
    executeRaw: (query) => inner.executeRaw(query),
    // The adapter would split at each semicolon, also inside a function's body.
    executeScript: async (script) => {
      try {
        await pool.query(script);
      } catch (error) {
        if (!(error instanceof DatabaseError)) throw error;
        onScriptFailure({ script, error });
        throw driverError({ script, error });
      }
    },
    startTransaction: (isolationLevel) => inner.startTransaction(isolationLevel),
    getConnectionInfo: () => inner.getConnectionInfo(),
    dispose: () => inner.dispose(),
  };
}
