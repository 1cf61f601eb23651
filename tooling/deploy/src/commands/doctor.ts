import { examine } from '../doctor/examine.ts';
import type { DoctorFinding } from '../doctor/finding.ts';
import { loadConfig } from '../load-config.ts';
import type { CommandOptions } from '../open-run.ts';
import { paint } from '../reporter/paint.ts';
import { type Symbols, symbolsFor } from '../reporter/symbols.ts';

/** `deploy doctor`: what would keep a deployment of a target from going well, and how it is mended. Writes nothing. */
export async function doctorCommand(options: CommandOptions): Promise<number> {
  const config = await loadConfig(options.config);
  const findings = await examine(config, options.env);
  const count = (status: DoctorFinding['status']) => findings.filter((one) => one.status === status).length;
  const [problems, warnings] = [count('problem'), count('warning')];
  const exitCode = problems > 0 ? 2 : 0;
  const lines = options.json
    ? [
        ...findings.map((finding) => JSON.stringify({ type: 'finding', ...finding })),
        JSON.stringify({ type: 'doctor', target: options.env, problems, warnings, exitCode }),
      ]
    : [
        ...findings
          .filter(({ status }) => !options.quiet || status !== 'ok')
          .map((finding) => findingText(finding, symbolsFor(process.env))),
        verdict(options.env, problems, warnings),
      ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return exitCode;
}

const LABEL_COLUMNS = 22;

function findingText({ check, status, what, why, mend }: DoctorFinding, symbols: Symbols): string {
  const mark = {
    ok: paint('green', symbols.done),
    warning: paint('yellow', symbols.warning),
    problem: paint('red', symbols.failed),
  }[status];
  const lines = [what, ...(why === null ? [] : [why]), ...(mend === null ? [] : [`To mend it: ${mend}`])];
  return `  ${mark} ${check.padEnd(LABEL_COLUMNS)} ${lines.join('\n').replaceAll('\n', `\n${' '.repeat(LABEL_COLUMNS + 5)}`)}`;
}

function verdict(target: string, problems: number, warnings: number): string {
  const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
  const also = warnings === 0 ? '' : `, ${counted(warnings, 'warning')}`;
  return problems === 0
    ? paint('green', `${target} is ready to be deployed to${also}.`)
    : paint('red', `${target}: ${counted(problems, 'problem')}${also}.`);
}
