import { type Goal, isMet, type Line, ratioOf } from './line.ts';
import type { Section } from './section.ts';

const HEAD = ['', 'against', 'reference', 'ours', 'ratio', 'goal', 'met'];
/** Columns of words; the others hold figures and are aligned to the right. */
const WORDS = new Set([0, 1]);

/** The sections as aligned plain text. */
export function formatSections(sections: readonly Section[]): string {
  const rows = sections.map(({ lines }) => lines.map(cells));
  const widths = HEAD.map((head, column) =>
    Math.max(head.length, ...rows.flat().map((row) => row[column]?.length ?? 0)),
  );
  const align = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return WORDS.has(column) ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return sections
    .map(({ title, parts }, index) =>
      [
        title,
        align(HEAD),
        ...(rows[index] ?? []).map(align),
        ...(parts === undefined
          ? []
          : ['', `bare parts: ${formatParts(parts.bare)}`, `our steps:  ${formatParts(parts.ours)}`]),
      ].join('\n'),
    )
    .join('\n\n');
}

function cells(line: Line): string[] {
  const { measure, against, unit, reference, ours, goal } = line;
  const isLimit = goal !== undefined && 'limit' in goal;
  const met = isMet(line);
  return [
    measure,
    against,
    isLimit ? '' : formatValue(reference, unit),
    formatValue(ours, unit),
    isLimit ? '' : ratioOf(line).toFixed(2),
    goal === undefined ? '' : formatGoal(goal, unit),
    met === undefined ? '' : met ? 'yes' : 'NO',
  ];
}

function formatGoal(goal: Goal, unit: Line['unit']): string {
  if ('limit' in goal) return `≤ ${formatValue(goal.limit, unit)}`;
  return 'ratio' in goal ? `≤ ${goal.ratio}` : `≥ ${goal.atLeast}`;
}

function formatParts(parts: Readonly<Record<string, number>>): string {
  return Object.entries(parts)
    .map(([name, ms]) => `${name} ${formatValue(ms, 'ms')}`)
    .join(' · ');
}

function formatValue(value: number, unit: Line['unit']): string {
  if (unit === 'bytes')
    return value < 1e6 ? `${(value / 1e3).toFixed(1)} kB` : `${(value / 1e6).toFixed(1)} MB`;
  if (unit === 'errors' || unit === 'frames') return `${value} ${unit}`;
  if (unit === 'requests/s')
    return `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')}/s`;
  return value < 1_000 ? `${value.toFixed(1)} ms` : `${(value / 1_000).toFixed(2)} s`;
}
