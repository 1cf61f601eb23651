import type { Comparison } from './comparison.ts';

/** The comparison as plain text, one scenario after another. */
export function formatComparison({ environment, scenarios, columns, missing }: Comparison): string {
  const width = Math.max(0, ...columns.map(({ name }) => name.length));
  const blocks = scenarios.map(({ name, title }) =>
    [
      title,
      ...columns.map((column) => {
        const cell = column.cells.find(({ scenario }) => scenario === name);
        return `  ${column.name.padEnd(width)}  ${cell?.verdict ?? ''}: ${cell?.fact ?? ''}`;
      }),
    ].join('\n'),
  );
  const versions = columns.map(({ name, version }) => `${name} ${version}`).join(', ');
  const absent = missing.map((tool) => `Not run: ${tool.name}, ${tool.missing}.`);
  return [environment, versions, ...blocks, ...absent].join('\n\n');
}
