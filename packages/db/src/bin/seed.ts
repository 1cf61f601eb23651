#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import { Client } from 'pg';
import { acquireDatabaseUrl, ENVIRONMENTS, type Environment } from '../acquire-database-url.ts';
import { SeedError, type SeedFigures, type SeedProgress, seedDatabase } from '../seed/index.ts';

interface Flags {
  readonly workspaces: number;
  readonly workflows: number;
  readonly seed: number;
  readonly padding: number;
  readonly until?: Date;
  readonly env?: Environment;
  readonly allowProduction?: true;
}

const command = new Command('seed')
  .description(
    'Fills a database with workspaces in full operation, in one transaction.\n' +
      'The database: --env, else DATABASE_URL, else the environment dev. An environment is its\n' +
      '<ENV>_DATABASE_URL, else the database "apms" of its embedded PostgreSQL.',
  )
  .option('--workspaces <count>', 'tenants', whole, 4)
  .option('--workflows <count>', 'workflows in all workspaces together', whole, 100_000)
  .option('--seed <number>', 'the same number gives the same rows on the same day', whole, 1)
  .option('--padding <bytes>', 'text added to each stage action, for size', whole, 0)
  .option('--until <date>', 'the end of the history (default: the start of today, UTC)', date)
  .addOption(new Option('--env <environment>', 'the environment').choices(ENVIRONMENTS))
  .option('--allow-production', 'seed the production database')
  .action(async (flags: Flags) => {
    process.exitCode = await seed(flags);
  });

async function seed(flags: Flags): Promise<number> {
  const given = flags.env === undefined ? process.env['DATABASE_URL'] : undefined;
  const isProduction =
    flags.env === 'production' || (given && given === process.env['PRODUCTION_DATABASE_URL']);
  if (isProduction && flags.allowProduction !== true) {
    console.error('Test data does not belong in production. If you mean it, add --allow-production.');
    return 2;
  }
  const database = given ? undefined : await acquireDatabaseUrl(flags.env ?? 'dev');
  const client = new Client({ connectionString: given || database?.url, application_name: 'apms seed' });
  try {
    await client.connect();
    const { workspaces, workflows, until } = flags;
    const figures = await seedDatabase(client, {
      workspaces,
      workflows,
      seed: flags.seed,
      paddingBytes: flags.padding,
      onProgress: report,
      ...(until === undefined ? {} : { until }),
    });
    conclude(figures);
    return 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.error(
      error instanceof SeedError ? error.message : `The database was not seeded: ${error.message}`,
    );
    return 1;
  } finally {
    await client.end();
    await database?.release();
  }
}

function report({ table, rows, durationMs }: SeedProgress): void {
  console.log(`${table.padEnd(28)} ${count(rows)} rows ${(durationMs / 1000).toFixed(1).padStart(7)} s`);
}

function conclude({ totalRows, sizeBytes, durationMs }: SeedFigures): void {
  const megabytes = Math.round(sizeBytes / 1e6).toLocaleString('en');
  console.log(
    `${'in total'.padEnd(28)} ${count(totalRows)} rows ${(durationMs / 1000).toFixed(1).padStart(7)} s`,
  );
  console.log(`The database now has ${megabytes} MB.`);
}

function count(rows: number): string {
  return rows.toLocaleString('en').padStart(12);
}

function whole(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

function date(text: string): Date {
  const parsed = new Date(text);
  if (Number.isNaN(parsed.getTime())) throw new InvalidArgumentError('It must be a date, as in 2026-01-31.');
  return parsed;
}

await command.parseAsync();
