import cliTruncate from 'cli-truncate';
import type { Progress } from '../progress.ts';
import { formatDuration } from '../report/format.ts';
import { figures, percent } from './figures.ts';
import { paint } from './paint.ts';
import type { Symbols } from './symbols.ts';

/** A step at work: since when, and with which pieces of work under way. */
export interface LiveStep {
  step: string;
  elapsedMs: number;
  pieces: { progress: Progress; perSecond: number | undefined }[];
}

const INDENT = '      ';

/**
 * A step at work as lines, none wider than `columns`: the step with its elapsed time, and below it each piece of its
 * work with bar, share, figures and what it is at. Where it is narrow, the bar goes first.
 */
export function frame(
  { step, elapsedMs, pieces }: LiveStep,
  { columns, symbols, picture }: { columns: number; symbols: Symbols; picture: number },
): string[] {
  const spinner = symbols.spinner.charAt(picture % symbols.spinner.length);
  const running = pieces.filter(({ progress: { done, total } }) => total === null || done < total);
  const label = Math.max(0, ...running.map(({ progress }) => progress.label.length));
  const lines = [
    `  ${paint('cyan', spinner)} ${step.padEnd(8)} ${paint('dim', formatDuration(elapsedMs))}`,
    ...running.flatMap((piece) => pieceLines(piece, label, columns, symbols)),
  ];
  return lines.map((line) => cliTruncate(line, columns, { truncationCharacter: symbols.ellipsis }));
}

function pieceLines(
  { progress, perSecond }: LiveStep['pieces'][number],
  labelWidth: number,
  columns: number,
  symbols: Symbols,
): string[] {
  const cells = columns >= 100 ? 24 : columns >= 60 ? 12 : 0;
  const share = percent(progress);
  const head = [
    progress.label.padEnd(labelWidth),
    ...(share === undefined
      ? []
      : [...(cells > 0 ? [bar(progress, cells, symbols)] : []), share.padStart(5)]),
  ].join(' ');
  const room = columns - INDENT.length - head.length - 2;
  const said = fitting(figures(progress, perSecond), room);
  const line = `${INDENT}${head}${said === '' ? '' : `  ${said}`}`;
  const detail = progress.detail?.replaceAll(/\s+/g, ' ');
  if (detail === undefined) return [line];
  if (line.length + 2 + detail.length <= columns) return [`${line}  ${paint('dim', detail)}`];
  const cut = cliTruncate(detail, columns - INDENT.length - 2, {
    position: 'middle',
    truncationCharacter: symbols.ellipsis,
  });
  return [line, `${INDENT}  ${paint('dim', cut)}`];
}

/** As many figures as there is room for; of the remaining time, the last, before all others. */
function fitting(told: readonly string[], room: number): string {
  for (let from = 0; from < told.length; from += 1) {
    const text = told.slice(from).join(', ');
    if (text.length <= room) return text;
  }
  return '';
}

function bar({ done, total }: Progress, cells: number, { filled, empty }: Symbols): string {
  const share = total === null || total === 0 ? 0 : Math.min(1, done / total);
  const full = Math.floor(share * cells);
  return filled.repeat(full) + empty.repeat(cells - full);
}
