import type { RunEvent } from '../journal.ts';
import { formatDuration } from '../report/format.ts';
import { paint } from './paint.ts';
import type { Symbols } from './symbols.ts';

/** Where a step's summary begins, after its mark and its name. */
const SUMMARY_COLUMN = 13;

/**
 * An event as lines; undefined for what only a live display shows. What `wrap` breaks of a step's summary continues below
 * it.
 */
export function eventText(
  event: RunEvent,
  { done, failed, warning, note }: Symbols,
  wrap = (text: string, _indent: number) => text,
): string | undefined {
  switch (event.type) {
    case 'run-started':
      return `${event.command} ${event.id}: ${event.target}, ${event.database}${event.embedded ? ' (embedded PostgreSQL: no URL is set)' : ''}`;
    case 'step-finished': {
      // One that found a reason against going on did not end well, though it is no error.
      const mark = event.passed ? paint('green', done) : paint('red', failed);
      const summary = `${event.summary} ${paint('dim', `(${formatDuration(event.durationMs)})`)}`;
      const lines = wrap(summary, SUMMARY_COLUMN).split('\n');
      return `  ${mark} ${event.step.padEnd(8)} ${lines.join(`\n${' '.repeat(SUMMARY_COLUMN)}`)}`;
    }
    case 'step-failed':
      return `  ${paint('red', failed)} ${event.step.padEnd(8)} failed after ${formatDuration(event.durationMs)}\n${event.message.replaceAll(/^/gm, '    ')}`;
    case 'note':
      return `  ${event.level === 'warning' ? paint('yellow', warning) : note} ${event.message.replaceAll('\n', '\n    ')}`;
    case 'run-resumed':
    case 'planned':
    case 'rehearsed':
    case 'step-started':
    case 'step-progress':
    case 'intent':
    case 'completed':
    case 'run-finished':
      return undefined;
  }
}
