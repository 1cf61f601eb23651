import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { BenchError } from '../bench-error.ts';

const ROOT = join(import.meta.dirname, '../../../..');

export interface FaultOptions {
  /** Of each path. */
  runs: number;
  /** Other figures, other moments. */
  seed: number;
}

const Report = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(
        z.object({
          title: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()),
          meta: z
            .object({ fault: z.object({ path: z.string(), kind: z.string(), state: z.string() }).optional() })
            .default({}),
        }),
      ),
    }),
  ),
});

/**
 * `bench faults`: the fault tests of the deploy tool, as often as asked for and at other moments: each breaks a real
 * deployment, recovers, and looks at what is left. Prints how many of each kind left the target old or new.
 * @throws {BenchError} when one of them was neither, or left something behind; with the seed that repeats it.
 */
export async function runFaults({ runs, seed }: FaultOptions): Promise<void> {
  const outputFile = join(tmpdir(), `apms-faults-${process.pid}.json`);
  try {
    const args = [
      'run',
      '--project',
      'server',
      '--reporter=dot',
      '--reporter=json',
      'tooling/deploy/test/faults',
    ];
    const startedAt = performance.now();
    await execa('vitest', [...args, `--outputFile.json=${outputFile}`], {
      cwd: ROOT,
      env: { FAULT_RUNS: String(runs), FAULT_SEED: String(seed) },
      preferLocal: true,
      localDir: ROOT,
      stdout: 'ignore',
      stderr: 'inherit',
      reject: false,
    });
    const { testResults } = Report.parse(JSON.parse(await readFile(outputFile, 'utf8')));
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
    process.stdout.write(
      `${formatFaults(tests)}\n${tests.length} runs in ${minutes} minutes, seed ${seed}.\n`,
    );
    const failed = tests.filter(({ status }) => status !== 'passed');
    if (failed.length > 0 || tests.length === 0) {
      const said = failed.map(({ title, failureMessages }) => `${title}: ${failureMessages.join(' ')}`);
      throw new BenchError(`${failed.length} of ${tests.length} failed:\n${said.join('\n')}`);
    }
  } finally {
    await rm(outputFile, { force: true });
  }
}

type Tests = z.infer<typeof Report>['testResults'][number]['assertionResults'];

/** A Markdown table: path and kind of fault, and how many runs left the target old, new or between. */
function formatFaults(tests: Tests): string {
  const faults = tests.flatMap(({ meta }) => meta.fault ?? []);
  const groups = Map.groupBy(faults, ({ path, kind }) => `${path} | ${kind}`);
  const rows = [...groups].map(([name, some]) => {
    const count = (state: string) => some.filter((fault) => fault.state === state).length;
    return `| ${name} | ${some.length} | ${count('old')} | ${count('new')} | ${count('between')} |`;
  });
  return [
    '| path | fault | runs | old | new | between |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
    ...rows.toSorted(),
  ].join('\n');
}
