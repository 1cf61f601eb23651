import { escapeIdentifier } from 'pg';
import { checkConnection } from './check-connection.ts';
import { databaseOfUrl, schemaOfUrl, urlOfDatabase } from './database-url.ts';
import { EngineError } from './engine-error.ts';
import { runSql } from './run-sql.ts';

async function createDatabase(url: string): Promise<void> {
  const database = databaseOfUrl(url);
  await runSql(urlOfDatabase(url, 'postgres'), `create database ${escapeIdentifier(database)}`);
  await runSql(url, `create schema if not exists ${escapeIdentifier(schemaOfUrl(url))}`);
}

async function dropDatabase(url: string): Promise<void> {
  const database = escapeIdentifier(databaseOfUrl(url));
  await runSql(urlOfDatabase(url, 'postgres'), `drop database if exists ${database} with (force)`);
}

const COMMANDS: Readonly<Record<string, (url: string) => Promise<void>>> = {
  'can-connect-to-database': checkConnection,
  'create-database': createDatabase,
  'drop-database': dropDatabase,
};

function log(level: 'INFO' | 'ERROR', fields: object): void {
  process.stderr.write(`${JSON.stringify({ level, target: 'schema_engine::logger', fields })}\n`);
}

/** Runs one of the engine's `cli` commands; logs its error where and how the CLI reads it. @returns the exit code. */
export async function runDatabaseCommand(name: string, url: string): Promise<number> {
  // The CLI skips the first line, whatever it says.
  log('INFO', { message: 'Starting schema engine CLI' });
  try {
    const command = COMMANDS[name];
    if (!command) throw new Error(`Unknown command ${name}.`);
    await command(url);
    return 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    log('ERROR', { message, error_code: error instanceof EngineError ? error.code : '' });
    return 1;
  }
}
