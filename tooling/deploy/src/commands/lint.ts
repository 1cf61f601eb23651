import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseConnection } from '../connection.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { DeployError } from '../failure.ts';
import type { LintContext } from '../lint/context.ts';
import { lintMigrations } from '../lint/lint.ts';
import type { LintFinding } from '../lint/lint-finding.ts';
import { readLintContext } from '../lint/read-context.ts';
import { type LintInput, type LintRequest, readLintInput } from '../lint/read-lint-input.ts';
import { type LoadedConfig, loadConfig, targetSettings } from '../load-config.ts';
import { readHistory } from '../migrations/history.ts';
import { messageOf, withClient } from '../postgres.ts';
import { lintGithub } from '../report/lint-github.ts';
import { lintSarif } from '../report/lint-sarif.ts';
import { countFindings, lintSummary, lintText } from '../report/lint-text.ts';
import { readServerFacts } from '../server-facts.ts';
import { relatedRelations } from '../sql/read-related-relations.ts';
import { LINT_SEVERITIES, type LintOptions } from './lint-options.ts';

/** `deploy lint`: judges SQL without deploying it, against a target where one can be asked. */
export async function lintCommand(options: LintOptions, paths: string[]): Promise<number> {
  const config = await loadConfig(options.config);
  const request: LintRequest = { paths, stdinFilename: options.stdinFilename, since: options.since };
  if (paths.length > 0 && options.since !== undefined) {
    throw new DeployError({
      code: 'USAGE_INVALID',
      problem: 'Paths and --since were both given.',
      next: 'Give one of them.',
    });
  }
  const { input, context, note } = await read(config, request, options);
  const ofSql = await lintMigrations(input.linted, context, input.earlier);
  const findings = [...input.findings, ...ofSql];
  const failing = LINT_SEVERITIES.slice(0, LINT_SEVERITIES.indexOf(options.failOn) + 1);
  const deciding = findings.filter(
    ({ severity, accepted }) => accepted === null && failing.includes(severity),
  );
  const exitCode = deciding.length > 0 ? EXIT_CODES['no-go'] : 0;
  if (options.sarif !== undefined) await write(options.sarif, await asSarif(findings));
  process.stdout.write(await shown(options.quiet ? deciding : findings, { input, note, exitCode, options }));
  return exitCode;
}

interface Read {
  input: LintInput;
  context: LintContext;
  /** What people should know of how it was judged. */
  note: string;
}

/** Asks the target where its URL is set, and reads what is to be linted. */
async function read(config: LoadedConfig, request: LintRequest, options: LintOptions): Promise<Read> {
  const { preferences, serverVersion } = config.lint;
  const asked = {
    preferences,
    ...(options.assumeRows !== undefined && { assumedRows: options.assumeRows }),
  };
  const settings = options.env === undefined ? undefined : targetSettings(config, options.env);
  const url = settings && process.env[settings.urlVariable];
  if (settings && url) {
    const connection = parseConnection(url, settings.urlVariable);
    return withClient(connection, 'apms-deploy lint', async (client) => {
      const { tables: otherTables } = await readServerFacts(client);
      const history = { rows: await readHistory(client), otherTables };
      const input = await readLintInput(config, request, history);
      const related = await relatedRelations(client);
      const context = { ...(await readLintContext(client)), ...asked, relatedRelations: related };
      return { input, context, note: `Judged against ${options.env}.` };
    });
  }
  const input = await readLintInput(config, request, undefined);
  const context: LintContext = {
    ...asked,
    tables: input.isWhole ? new Map() : undefined,
    serverVersion: options.serverVersion ?? serverVersion,
  };
  const why = settings ? `${settings.urlVariable} is not set` : 'no --env';
  const isFirst = input.isWhole && (input.earlier.deployed ?? []).length === 0;
  const how = isFirst ? 'as a first deployment' : 'tables that are there count as of unknown size';
  return { input, context, note: `Judged without a database (${why}): ${how}.` };
}

async function shown(
  findings: readonly LintFinding[],
  {
    input,
    note,
    exitCode,
    options,
  }: { input: LintInput; note: string; exitCode: number; options: LintOptions },
): Promise<string> {
  const summary = `${lintSummary(findings, input.linted.length)} ${note}\n`;
  const automatic = process.env.GITHUB_ACTIONS === 'true' ? 'github' : 'text';
  switch (options.format ?? (options.json ? 'json' : automatic)) {
    case 'text':
      return lintText(findings, process.stdout) + summary;
    case 'github':
      return lintGithub(findings) + summary;
    case 'sarif':
      return asSarif(findings);
    case 'json': {
      const files = input.linted.map(({ file }) => file);
      const line = { type: 'lint', files, findings, counts: countFindings(findings), exitCode };
      return `${JSON.stringify(line)}\n`;
    }
  }
}

async function asSarif(findings: readonly LintFinding[]): Promise<string> {
  return `${JSON.stringify(await lintSarif(findings), null, 2)}\n`;
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(resolve(file), text);
  } catch (error) {
    throw new DeployError(
      {
        code: 'USAGE_INVALID',
        problem: `${file} cannot be written: ${messageOf(error)}.`,
        next: 'Name a file in a directory that exists.',
      },
      { cause: error },
    );
  }
}
