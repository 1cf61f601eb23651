import type { Client } from 'pg';
import type { Migration } from './migration.ts';

/** Where a tool works: its project and the database that it deploys to. */
export interface Place {
  readonly directory: string;
  readonly url: string;
  /** The same database for programs of libpq. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A program with its arguments, to be run in the project's directory. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What a tool's own history says of a migration. */
export interface Recorded {
  readonly name: string;
  readonly state: 'applied' | 'unfinished';
}

/** A deploy tool, as far as the scenarios need to know it. */
export interface ComparedTool {
  readonly name: string;
  readonly version: string;
  /** What a person types for each of them. */
  readonly typed: { readonly deploy: string; readonly audit?: string; readonly back?: string };
  /** Makes the directory a project with these migrations, in their order; what it held before is replaced. */
  write(directory: string, migrations: readonly Migration[]): Promise<void>;
  /** The file of one of them in the project. */
  fileOf(migration: Migration, all: readonly Migration[]): string;
  deploy(place: Place): Command;
  /** What the tool has for looking without changing. */
  audit?(place: Place): Command;
  /** What the tool has for taking the last deployment back. */
  back?(place: Place): Command;
  /** What the tool has for its own backups: trying the last one, and restoring it into another database. */
  readonly backup?: { verify(place: Place): Command; restore(place: Place, database: string): Command };
  /** What its `--help` is asked with. */
  help(place: Place): Command;
  /** What the tool's history in the database says of these migrations, in its order. */
  history(client: Client, migrations: readonly Migration[]): Promise<Recorded[]>;
}

/** A tool that cannot be had here, and why. */
export interface MissingTool {
  readonly name: string;
  readonly missing: string;
}
