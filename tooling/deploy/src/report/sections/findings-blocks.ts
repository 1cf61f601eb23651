import type { DeploymentFinding, DeploymentReport } from '@apms/validators';
import type { Block, Piece } from '../document.ts';
import { formatCount, plural } from '../format.ts';
import { whyOf } from '../why-of.ts';

/** So many of one kind are shown in full; they differ in little but their place. */
const SHOWN = 5;

const ORDER = ['error', 'warning', 'notice', 'accepted'] as const;
type Level = (typeof ORDER)[number];

const levelOf = ({ severity, accepted }: DeploymentFinding): Level =>
  accepted === null ? severity : 'accepted';

const MARKS = { error: 'bad', warning: 'caution', notice: undefined, accepted: undefined } as const;

const countOf = (count: number, level: Level) =>
  level === 'accepted' ? `${formatCount(count)} accepted` : plural(count, level);

/** The findings, gravest first; those of one rule together, with what to do about them said once. */
export function findingsBlocks({ findings }: Pick<DeploymentReport, 'findings'>): Block[] {
  const levels = Map.groupBy(findings, levelOf);
  const present = ORDER.filter((level) => levels.has(level));
  const summary = present.map((level) => countOf(levels.get(level)?.length ?? 0, level)).join(', ');
  const groups = present.flatMap((level) =>
    // Of what is accepted nobody is told what to write instead.
    [
      ...Map.groupBy(levels.get(level) ?? [], ({ rule, rewrite }) =>
        level === 'accepted' ? rule : `${rule} ${rewrite}`,
      ).values(),
    ].map((group) => ({ level, group })),
  );
  return [
    ...(groups.length > 1 ? [{ kind: 'paragraph', text: `${summary}.` } as const] : []),
    ...groups.flatMap(({ level, group }) => groupBlocks(level, group)),
  ];
}

function groupBlocks(level: Level, group: readonly DeploymentFinding[]): Block[] {
  const [first] = group;
  if (first === undefined) return [];
  const rest = group.slice(SHOWN);
  const head = `${countOf(group.length, level)}: ${first.rule}.`;
  const mark = MARKS[level];
  return [
    {
      kind: 'paragraph',
      text: [
        mark === undefined ? { strong: head } : { mark, text: head },
        level === 'accepted' ? '' : ` ${first.rewrite}`,
      ],
    },
    {
      kind: 'list',
      items: [
        ...group.slice(0, SHOWN).map(itemOf),
        ...(rest.length > 0 ? [[`and ${formatCount(rest.length)} more: `, ...placesOf(rest)]] : []),
      ],
    },
  ];
}

function itemOf(finding: DeploymentFinding): Piece[] {
  const { file, line, accepted } = finding;
  const place = [file, line].filter((part) => part !== null).join(':');
  return [
    ...(place ? [{ code: place }, ': '] : []),
    accepted === null ? whyOf(finding) : `${whyOf(finding)} Accepted: ${accepted}`,
  ];
}

/** `a/migration.sql lines 199–257, b/migration.sql line 7`. */
function placesOf(findings: readonly DeploymentFinding[]): Piece[] {
  const files = [...Map.groupBy(findings, ({ file }) => file)];
  const places = files.flatMap(([file, some], index): Piece[] => {
    const lines = some.flatMap(({ line }) => line ?? []);
    const [from, to] = [Math.min(...lines), Math.max(...lines)];
    const which = lines.length === 0 ? '' : from === to ? ` line ${from}` : ` lines ${from}–${to}`;
    return [index === 0 ? '' : ', ', file === null ? 'the target' : { code: file }, which];
  });
  return [...places, ' (each in report.json).'];
}
