#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander';
import { type ApiBenchOptions, benchApi } from './api/bench-api.ts';
import { formatIndexReport } from './api/format-index-report.ts';
import { reportIndexes } from './api/report-indexes.ts';
import { BenchError } from './bench-error.ts';
import { type CompareOptions, compareCommand } from './compare/compare-command.ts';
import { scenarios } from './compare/scenarios.ts';
import { tools } from './compare/tools.ts';
import { benchConsole } from './console/bench-console.ts';
import { benchDeploy } from './deploy/bench-deploy.ts';
import { type FaultOptions, runFaults } from './faults/run-faults.ts';
import { benchLint } from './lint/bench-lint.ts';
import { type BenchOptions, runBench } from './run-bench.ts';
import { benchVerify } from './verify/bench-verify.ts';

const program = new Command('bench').description(
  'Measures beside the tools that people would use instead, on a temporary PostgreSQL server of its own.',
);

program
  .command('deploy')
  .description('whole deployments beside their parts run bare')
  .option('--sizes <megabytes>', 'sizes of the databases, with commas between', sizes, [100, 1_000])
  .option('--runs <count>', 'how often each thing is measured', whole, 3)
  .option('--json', 'JSON instead of text', false)
  .action((options: BenchOptions & { sizes: number[] }) =>
    main(() => runBench(options, (bench) => benchDeploy(bench, options.sizes))),
  );

program
  .command('verify')
  .description('the validation suite and the orphan audit beside plain queries')
  .option('--size <megabytes>', 'size of the database; 800 MB are about a million rows', whole, 800)
  .option('--runs <count>', 'how often each thing is measured', whole, 3)
  .option('--json', 'JSON instead of text', false)
  .action((options: BenchOptions & { size: number }) =>
    main(() => runBench(options, (bench) => benchVerify(bench, options.size))),
  );

program
  .command('lint')
  .description('the lint of SQL beside squawk: misses, false alarms, time and memory; needs no server')
  .option('--migrations <count>', 'migrations in the folder that is timed', whole, 1_000)
  .option('--runs <count>', 'how often each thing is measured', whole, 3)
  .option('--json', 'JSON instead of text', false)
  .action((options: BenchOptions & { migrations: number }) => main(() => benchLint(options)));

program
  .command('faults')
  .description('deployments that are broken at every point, recovered and looked at')
  .option('--runs <count>', 'how many faults each path meets', whole, 250)
  .option('--seed <number>', 'other moments for other numbers', whole, 1)
  .action((options: FaultOptions) => main(() => runFaults(options)));

program
  .command('api')
  .description('procedures beside plain pg on node:http')
  .option('--stages <count>', 'workflow stages in the small database', whole, 10_000)
  .option('--large-stages <count>', 'workflow stages in the large one', whole, 1_000_000)
  .option('--quick', 'without the large database and the large import', false)
  .option('--seconds <count>', 'how long everything at once lasts', whole, 30)
  .option('--record-baseline', 'keep its figures to compare later ones with', false)
  .option('--requests <count>', 'calls of one run of a procedure that reads', whole, 5_000)
  .option('--runs <count>', 'how often each thing is measured', whole, 3)
  .option('--json', 'JSON instead of text', false)
  .option('--index-report', 'instead: which query or key uses which index', false)
  .action((options: BenchOptions & ApiBenchOptions & { indexReport: boolean }) =>
    main(() =>
      runBench(options, async (bench) => {
        if (!options.indexReport) return await benchApi(bench, options);
        process.stdout.write(`${formatIndexReport(await reportIndexes(bench, options.stages))}\n\n`);
        return [];
      }),
    ),
  );

program
  .command('console')
  .description('the first load of the inbox, opening a stage, and scrolling, in Chromium on the real API')
  .option('--rows <count>', 'stages that await the person', whole, 100_000)
  .option('--runs <count>', 'how often each thing is measured', whole, 3)
  .option('--json', 'JSON instead of text', false)
  .action((options: BenchOptions & { rows: number }) =>
    main(() => runBench(options, (bench) => benchConsole(bench, options.rows))),
  );

program
  .command('compare')
  .description('the deploy tool beside other tools, in what goes wrong')
  .option(
    '--tools <names>',
    `with commas between: ${Object.keys(tools).join(', ')}`,
    names,
    Object.keys(tools),
  )
  .option(
    '--scenarios <names>',
    `with commas between: ${scenarios.map(({ name }) => name).join(', ')}`,
    names,
    scenarios.map(({ name }) => name),
  )
  .option('--runs <count>', 'how often a run with nothing to do is timed', whole, 3)
  .option('--markdown <file>', 'writes the table between the marks in that file as well')
  .option('--json', 'JSON instead of text', false)
  .action((options: CompareOptions) => main(() => compareCommand(options)));

async function main(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') {
      process.exitCode = 130;
    } else if (error instanceof BenchError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    } else {
      throw error;
    }
  }
}

function sizes(text: string): number[] {
  return text.split(',').map(whole);
}

function names(text: string): string[] {
  return text.split(',');
}

function whole(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number above 0.');
  return Number(text);
}

await program.parseAsync();
