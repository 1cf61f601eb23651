import type { Comparison } from './comparison.ts';

/** The comparison as a table of Markdown, with what it was made by and without what could not be had. */
export function tableOf({ environment, scenarios, columns, missing }: Comparison): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const heads = columns.map(({ name, version, typed }) => `${name} (${version}): \`${typed.deploy}\``);
  const lines = scenarios.map(({ name, title }) =>
    row([title, ...columns.map(({ cells }) => cells.find(({ scenario }) => scenario === name)?.fact ?? '')]),
  );
  return [
    `${environment}.`,
    '',
    row(['', ...heads]),
    row(['', ...heads].map(() => '---')),
    ...lines,
    ...missing.map((tool) => `\nNot run: ${tool.name}, ${tool.missing}.`),
  ].join('\n');
}
