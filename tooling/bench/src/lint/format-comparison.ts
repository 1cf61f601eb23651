import type { LintComparison } from './compare-rules.ts';

const HEAD = [
  'rule of squawk',
  'bad examples',
  'squawk misses',
  'ours',
  'good ones',
  'squawk alarms',
  'ours',
];

/** The comparison as aligned plain text, its sums, and what squawk has no rule for. */
export function formatComparison({ rules, onlyOurs }: LintComparison): string {
  const sum = (of: (rule: LintComparison['rules'][number]) => number) =>
    rules.reduce((total, rule) => total + of(rule), 0);
  const rows = [
    HEAD,
    ...rules.map(({ rule, ours, bad, missed, good, falseAlarms }) => [
      rule,
      `${bad}`,
      `${missed.squawk}`,
      ours.length === 0 ? 'no rule' : `${missed.ours}`,
      `${good}`,
      `${falseAlarms.squawk}`,
      `${falseAlarms.ours}`,
    ]),
    [
      'all',
      `${sum(({ bad }) => bad)}`,
      `${sum(({ missed }) => missed.squawk)}`,
      `${sum(({ missed }) => missed.ours)}`,
      `${sum(({ good }) => good)}`,
      `${sum(({ falseAlarms }) => falseAlarms.squawk)}`,
      `${sum(({ falseAlarms }) => falseAlarms.ours)}`,
    ],
  ];
  const widths = HEAD.map((_head, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  return [
    ...table,
    '',
    `Unsafe examples of docs/lint.md of which squawk says nothing about safety: ${onlyOurs.join(', ')}.`,
  ].join('\n');
}
