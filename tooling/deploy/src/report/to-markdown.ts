import type { Block, Piece, ReportDocument, Table, Text, Timeline } from './document.ts';
import { formatDuration } from './format.ts';
import { table } from './markdown-table.ts';

const SYMBOLS = { good: '✓', bad: '✗', caution: '!' };

/** A report as Markdown, to be read as it stands or rendered; what its texts hold is never markup. */
export function toMarkdown({ title, verdict, facts, sections }: ReportDocument): string {
  return [
    `# ${escape(title)}`,
    `${inline(verdict.sentence)} Next: ${inline(verdict.next)}`,
    table(
      ['', ''],
      facts.map(([name, value]) => [name, inline(value)]),
    ),
    ...sections.flatMap((section) => [`## ${section.title}`, ...section.blocks.map(blockText)]),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return inline(block.text);
    case 'message':
      return `> ${escape(block.text).replaceAll('\n', '\n> ')}`;
    case 'list':
      return block.items.map((item) => `- ${inline(item).replaceAll('\n', '\n  ')}`).join('\n');
    case 'table':
      return tableText(block);
    case 'timeline':
      return timelineText(block);
  }
}

/** What is folded opens where Markdown is rendered, and stands there in full where it is not. */
function tableText({ columns, rows, folded }: Table): string {
  const text = table(
    columns.map(({ head, figures }) => (figures ? { right: head } : head)),
    rows.map((row) => row.map((cell) => (cell === null ? null : inline(cell)))),
  );
  return folded === undefined
    ? text
    : `<details><summary>${escape(folded)}</summary>\n\n${text}\n\n</details>`;
}

function timelineText({ of, says, bars, limit }: Timeline): string {
  const text = table(
    [of, 'result', { right: 'duration' }, says],
    bars.map(({ name, how, result, durationMs, text: said }) => [
      escape(name),
      inline([{ mark: how, text: result }]),
      formatDuration(durationMs),
      inline(said),
    ]),
  );
  return limit === null ? text : `${text}\n\nThe ${limit.name} is ${formatDuration(limit.ms)}.`;
}

/** Running text as Markdown. */
export function inline(text: Text): string {
  return typeof text === 'string' ? escape(text) : text.map(pieceText).join('');
}

function pieceText(piece: Piece): string {
  if (typeof piece === 'string') return escape(piece);
  if ('code' in piece) return codeSpan(piece.code);
  if ('mark' in piece) return `${SYMBOLS[piece.mark]} ${escape(piece.text)}`;
  return `**${escape(piece.strong)}**`;
}

/** Only what would become markup in the middle of a line, so that the text stays readable as it stands. */
function escape(text: string): string {
  return text.replaceAll(/[\\`*<[\]]|(?<!\w)_|_(?!\w)/g, String.raw`\$&`);
}

/** Fenced by more backticks than it holds. */
function codeSpan(code: string): string {
  if (code === '') return '';
  const longest = Math.max(0, ...(code.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${code.replaceAll('\n', ' ')}${pad}${fence}`;
}
