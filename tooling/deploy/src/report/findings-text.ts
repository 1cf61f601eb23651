import type { DeploymentFinding } from '@apms/validators';
import { formatCount } from './format.ts';

/** So many of one kind are shown in full; they differ in little but their place. */
const SHOWN = 5;

const ORDER = ['error', 'warning', 'notice', 'accepted'] as const;
type Level = (typeof ORDER)[number];

const levelOf = ({ severity, accepted }: DeploymentFinding): Level =>
  accepted === null ? severity : 'accepted';

function plural(count: number, level: Level): string {
  return `${formatCount(count)} ${level}${count === 1 || level === 'accepted' ? '' : 's'}`;
}

/** The findings as Markdown, gravest first; those of one rule together, with what to do about them said once. */
export function findingsText(findings: readonly DeploymentFinding[]): string {
  const levels = Map.groupBy(findings, levelOf);
  const present = ORDER.filter((level) => levels.has(level));
  const summary = present.map((level) => plural(levels.get(level)?.length ?? 0, level)).join(', ');
  const groups = present.flatMap((level) =>
    [...Map.groupBy(levels.get(level) ?? [], ({ rule, rewrite }) => `${rule} ${rewrite}`).values()].map(
      (group) => groupText(level, group),
    ),
  );
  return [...(groups.length > 1 ? [`${summary}.`] : []), ...groups].join('\n\n');
}

function groupText(level: Level, group: readonly DeploymentFinding[]): string {
  const [first] = group;
  if (first === undefined) return '';
  const rest = group.slice(SHOWN);
  return [
    `**${plural(group.length, level)}: ${first.rule}.** ${level === 'accepted' ? '' : first.rewrite}`.trim(),
    '',
    ...group.slice(0, SHOWN).map(lineOf),
    ...(rest.length > 0 ? [`- and ${formatCount(rest.length)} more: ${placesOf(rest)}`] : []),
  ].join('\n');
}

function lineOf(finding: DeploymentFinding): string {
  const { file, line, why, accepted } = finding;
  const place = [file, line].filter((part) => part !== null).join(':');
  const sentence = accepted === null ? why : `${why} Accepted: ${accepted}`;
  return `- ${place ? `\`${place}\`: ` : ''}${sentence.replaceAll('\n', '\n  ')}`;
}

/** `a/migration.sql lines 199–257, b/migration.sql line 7`. */
function placesOf(findings: readonly DeploymentFinding[]): string {
  const files = Map.groupBy(findings, ({ file }) => file ?? 'the target');
  const places = [...files].map(([file, some]) => {
    const lines = some.flatMap(({ line }) => line ?? []);
    const [from, to] = [Math.min(...lines), Math.max(...lines)];
    if (lines.length === 0) return file;
    return from === to ? `\`${file}\` line ${from}` : `\`${file}\` lines ${from}–${to}`;
  });
  return `${places.join(', ')} (each in report.json).`;
}
