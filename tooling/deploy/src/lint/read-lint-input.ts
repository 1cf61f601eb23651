import { isAbsolute, join, posix, relative, sep } from 'node:path';
import type { DeploymentFinding } from '@apms/validators';
import { readChanges, repositoryPath } from '../git.ts';
import type { LoadedConfig } from '../load-config.ts';
import { diagnoseHistory, type HistoryRow } from '../migrations/history.ts';
import { type Migration, readMigrations } from '../migrations/read.ts';
import { compareWithRevision } from './compare-with-revision.ts';
import type { EarlierMigrations, LintedMigration } from './lint.ts';
import type { LintFinding } from './lint-finding.ts';
import { readPaths } from './read-paths.ts';

/** What somebody asked to be linted. */
export interface LintRequest {
  paths: readonly string[];
  stdinFilename: string;
  /** Only what is new since that revision of Git. */
  since: string | undefined;
}

/** What is linted, and what comes before it. */
export interface LintInput {
  linted: LintedMigration[];
  earlier: EarlierMigrations;
  /** Whether they and what comes before are all that a target is built from. */
  isWhole: boolean;
  /** What the history says of the folder. */
  findings: LintFinding[];
}

interface Chosen {
  linted: LintedMigration[];
  /** Names of migrations that are on the target already; the others before the linted ones come with them. */
  applied: ReadonlySet<string>;
  findings: readonly DeploymentFinding[];
}

/**
 * Chooses the migrations: the paths if there are any, else those that are new since a revision, else the pending ones
 * where a history says which they are, else all. Files are named by their way from the repository's root.
 * @throws {USAGE_INVALID, CONFIG_INVALID}
 */
export async function readLintInput(
  config: LoadedConfig,
  request: LintRequest,
  history: { rows: HistoryRow[] | undefined; otherTables: number } | undefined,
): Promise<LintInput> {
  const above = await repositoryPath(config.root);
  const pathOf = (file: string) => fromRoot(config.root, above, file);
  const fileOf = (file: string) => pathOf(join(config.migrations, file));
  const ownFolder = await ownMigrations(config, request);
  const folder = ownFolder.map((migration) => ({ ...migration, file: fileOf(migration.file) }));
  const diagnosis = history && diagnoseHistory(ownFolder, history.rows, history.otherTables);
  const appliedNames = diagnosis && new Set(diagnosis.applied.map(({ name }) => name));

  const chosen = await choose();
  const isOurs = chosen.linted.every(({ name, file }) => file === fileOf(join(name, 'migration.sql')));
  const names = new Set(chosen.linted.map(({ name }) => name));
  const last = [...names].toSorted().at(-1) ?? '';
  // What a revision has is deployed there, even where something new sorts before it.
  const isBefore = (name: string) => !names.has(name) && (name < last || request.since !== undefined);
  const before = isOurs ? folder.filter(({ name }) => isBefore(name)) : [];
  return {
    linted: chosen.linted,
    earlier: history
      ? { pending: before.filter(({ name }) => !chosen.applied.has(name)) }
      : { deployed: before },
    isWhole: isOurs,
    findings: chosen.findings.map((finding) => located(finding, fileOf)),
  };

  async function choose(): Promise<Chosen> {
    const applied = appliedNames ?? new Set<string>();
    if (request.paths.length > 0) {
      const files = await readPaths(request.paths, request.stdinFilename);
      const linted = files.map(({ name, path, sql }) => ({ name, sql, file: pathOf(path) }));
      return { linted, applied, findings: [] };
    }
    if (request.since !== undefined) {
      const { known, changed } = await readChanges(config.migrations, request.since);
      const ofMigrations = known.filter((path) => posix.basename(path) === 'migration.sql');
      const nameOf = (path: string) => posix.basename(posix.dirname(path));
      const { since, findings } = compareWithRevision(folder, {
        revision: request.since,
        known: ofMigrations.map(nameOf),
        changed: new Set(ofMigrations.filter((path) => changed.has(path)).map(nameOf)),
      });
      return { linted: since, applied, findings };
    }
    if (diagnosis === undefined) return { linted: folder, applied, findings: [] };
    const pending = new Set(diagnosis.pending.map(({ name }) => name));
    return {
      linted: folder.filter(({ name }) => pending.has(name)),
      applied,
      findings: diagnosis.findings,
    };
  }
}

/** Paths may be linted where there is no migrations folder at all. */
async function ownMigrations(config: LoadedConfig, { paths }: LintRequest): Promise<Migration[]> {
  if (paths.length === 0) return readMigrations(config.migrations);
  return readMigrations(config.migrations).catch(() => []);
}

function fromRoot(root: string, above: string, file: string): string {
  const below = relative(root, file);
  const path = below.split(sep).join('/');
  const outside = isAbsolute(below) || posix.join(above, path).startsWith('..');
  return outside ? file : posix.join(above, path);
}

function located(finding: DeploymentFinding, fileOf: (file: string) => string): LintFinding {
  const { file, line, column } = finding;
  const place = { line: line ?? 1, column: column ?? 1 };
  return {
    ...finding,
    file: fileOf(file ?? ''),
    ...place,
    endLine: place.line,
    endColumn: place.column + 1,
  };
}
