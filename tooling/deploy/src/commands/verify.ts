import { join } from 'node:path';
import type { CheckResult } from '@apms/validators';
import { describeProblem } from '../describe-problem.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { decide } from '../gate.ts';
import { type CommandOptions, withRun } from '../open-run.ts';
import { formatDuration } from '../report/format.ts';
import type { Run } from '../run-context.ts';
import { verifyTarget } from '../steps/verify.ts';
import { emitScripts } from './emit-scripts.ts';

interface VerifyOptions extends CommandOptions {
  /** Directory for the suite as scripts for psql, which is written instead of running it. */
  emitSql?: string;
}

/** `deploy verify`: the validation suite against a target, as at the end of a deployment. */
export async function verifyCommand(options: VerifyOptions): Promise<number> {
  return withRun('verify', options, { journaled: false, show: () => undefined }, async (run) => {
    if (options.emitSql !== undefined) return emit(run, options.emitSql, options);
    const { checks } = await verifyTarget(run, {
      documentation: { migrations: [], docsDirectory: run.config.documentation },
    });
    const { decision } = decide({
      findings: [],
      checks,
      orphans: [],
      rehearsalFailure: null,
      unexplainedLosses: new Map(),
      overBudget: [],
      acceptHold: null,
    });
    const text = options.json
      ? JSON.stringify({ type: 'verify', target: run.target.name, decision, checks })
      : [...checks.map(checkLine), `${decision}: ${run.target.name}`].join('\n');
    process.stdout.write(`${text}\n`);
    return { GO: 0, HOLD: EXIT_CODES.hold, 'NO-GO': EXIT_CODES['no-go'] }[decision];
  });
}

async function emit(run: Run, directory: string, { json }: VerifyOptions): Promise<number> {
  const files = await emitScripts(run, directory);
  const text = json
    ? JSON.stringify({ type: 'scripts', target: run.target.name, directory, files })
    : `${files.length} files for psql in ${directory}, for databases at the level of ${run.target.name}. Begin with ${join(directory, 'README.md')}.`;
  process.stdout.write(`${text}\n`);
  return 0;
}

const MARKS = { passed: '✓', failed: '✗', skipped: '-' };

function checkLine({ code, title, status, durationMs, figures, problems }: CheckResult): string {
  const shown = Object.entries(figures)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
  const line = `  ${MARKS[status]} ${code} ${title} (${formatDuration(durationMs)})${shown ? `: ${shown}` : ''}`;
  return [line, ...problems.map((problem) => `      ${describeProblem(problem)}`)].join('\n');
}
