import type { DeploymentReport } from '@apms/validators';
import { describeProblem } from '../../describe-problem.ts';
import type { Block, Piece } from '../document.ts';
import { formatCount, formatDuration } from '../format.ts';

type Check = DeploymentReport['checks'][number];

const PLACES = [
  ['rehearsal', 'rehearsal'],
  ['transaction', 'before the commit'],
  ['target', 'after the commit'],
] as const satisfies (readonly [Check['where'], string])[];

/** `foreignKeys` as `foreign keys`. */
const words = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function figuresOf({ figures }: Check): string {
  return Object.entries(figures)
    .map(([name, value]) => `${words(name)} ${typeof value === 'number' ? formatCount(value) : value}`)
    .join(', ');
}

/** N checks inform; one that fails stops nobody. */
function markOf({ code, status }: Check): 'good' | 'bad' | 'caution' {
  if (status === 'passed') return 'good';
  return status === 'skipped' || code.startsWith('N') ? 'caution' : 'bad';
}

function resultOf(check: Check): Piece[] {
  const { status, durationMs } = check;
  return [{ mark: markOf(check), text: status }, `, ${formatDuration(durationMs)}`];
}

/** A check a row, with its result wherever it ran and the figures of where it ran last; the problems found come first. */
export function checksBlocks({ checks }: DeploymentReport): Block[] {
  const places = PLACES.filter(([place]) => checks.some(({ where }) => where === place));
  const rows = [...Map.groupBy(checks, ({ code }) => code).values()].map((runs) => {
    const last = runs.at(-1);
    const results = places.map(([place]) => {
      const run = runs.find(({ where }) => where === place);
      return run === undefined ? null : resultOf(run);
    });
    return [`${last?.code} ${last?.title}`, ...results, last === undefined ? '' : figuresOf(last)];
  });
  const problems = checks.flatMap(({ code, where, problems: found }) =>
    found.map(
      (problem) => `${code}, ${PLACES.find(([place]) => place === where)?.[1]}: ${describeProblem(problem)}`,
    ),
  );
  if (rows.length === 0) return [];
  const columns = ['check', ...places.map(([, name]) => name), 'figures'];
  return [
    ...(problems.length === 0 ? [] : [{ kind: 'list', items: problems } as const]),
    {
      kind: 'table',
      caption: 'The validation suite, wherever it ran',
      columns: columns.map((head) => ({ head })),
      rows,
    },
  ];
}
