import type { DeploymentReport } from '@apms/validators';
import { formatCount, formatDuration } from './format.ts';
import { table } from './markdown-table.ts';

type Checks = DeploymentReport['checks'];

const PLACES = [
  ['rehearsal', 'rehearsal'],
  ['transaction', 'before the commit'],
  ['target', 'after the commit'],
] as const;

/** `foreignKeys` as `foreign keys`. */
const words = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function figuresOf({ figures }: Checks[number]): string {
  return Object.entries(figures)
    .map(([name, value]) => `${words(name)} ${typeof value === 'number' ? formatCount(value) : value}`)
    .join(', ');
}

/** A check a row, with its result wherever it ran and the figures of where it ran last; then the problems found. */
export function checksText(checks: Checks): string {
  const places = PLACES.filter(([place]) => checks.some(({ where }) => where === place));
  const rows = [...Map.groupBy(checks, ({ code }) => code).values()].map((runs) => {
    const last = runs.at(-1);
    const results = places.map(([place]) => {
      const run = runs.find(({ where }) => where === place);
      return run === undefined ? null : `${run.status}, ${formatDuration(run.durationMs)}`;
    });
    return [`${last?.code} ${last?.title}`, ...results, last === undefined ? '' : figuresOf(last)];
  });
  const problems = checks.flatMap(({ code, where, problems: found }) =>
    found.map(({ message }) => `- ${code}, ${PLACES.find(([place]) => place === where)?.[1]}: ${message}`),
  );
  return [
    table(['check', ...places.map(([, name]) => name), 'figures'], rows),
    ...(problems.length > 0 ? [problems.join('\n')] : []),
  ].join('\n\n');
}
