import type { Piece, Text } from '../report/document.ts';
import { formatDuration, plural } from '../report/format.ts';
import type { Notification } from './notification.ts';

/** Slack refuses longer ones: https://docs.slack.dev/reference/block-kit/blocks. */
const HEADER = 150;
const SECTION = 3_000;
/** Of one name or reason, so that one that is very long leaves room for the others. */
const PIECE = 280;
const REASONS = 8;

const SYMBOLS = { good: '✅', quiet: 'ℹ️', caution: '✋', bad: '❌', alarm: '🚨' };

interface SlackText {
  type: 'plain_text' | 'mrkdwn';
  text: string;
}
export interface SlackMessage {
  /** What is shown where blocks are not: notifications, and Mattermost. */
  text: string;
  blocks: (
    | { type: 'header'; text: SlackText }
    | { type: 'section'; text: SlackText }
    | { type: 'context'; elements: SlackText[] }
  )[];
}

/** A report as a message for Slack's incoming webhooks. A rollback that failed calls everybody in the channel. */
export function slackMessage({ report, document, readAt }: Notification): SlackMessage {
  const { tone, title, sentence, next } = document.verdict;
  const call = tone === 'alarm' ? '<!channel> ' : '';
  const heading = `${SYMBOLS[tone]} ${title}: ${report.target}`;
  const verdict = `${call}${mrkdwn(sentence)}\n*Next:* ${mrkdwn(next)}`;
  const why = reasonsOf(report);
  const facts = [
    report.id,
    `by ${report.by}`,
    ...(report.commit === null ? [] : [`commit ${report.commit.slice(0, 12)}`]),
    plural(report.migrations.length, 'migration'),
    formatDuration(report.durationMs),
    `report: ${readAt}`,
  ].map((fact) => clip(fact, PIECE));
  const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } }) as const;
  return {
    text: [`*${clip(heading, HEADER)}*`, verdict, ...(why ? [why] : []), facts.join(' · ')].join('\n'),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(heading, HEADER) } },
      section(verdict),
      ...(why ? [section(why)] : []),
      { type: 'context', elements: [{ type: 'mrkdwn', text: facts.join(' · ') }] },
    ],
  };
}

function reasonsOf({ failure, reasons, warnings }: Notification['report']): string {
  if (failure !== null) return clip(failure.message, SECTION);
  const told = reasons.length > 0 ? reasons : warnings;
  const shown = told.slice(0, REASONS).map((reason) => `• ${clip(reason, PIECE)}`);
  const rest = told.length - shown.length;
  return [...shown, ...(rest > 0 ? [`• and ${rest} more`] : [])].join('\n');
}

function mrkdwn(text: Text): string {
  return typeof text === 'string' ? clip(text, PIECE) : text.map(pieceText).join('');
}

function pieceText(piece: Piece): string {
  if (typeof piece === 'string') return clip(piece, PIECE);
  if ('code' in piece) return `\`${clip(piece.code.replaceAll('`', "'"), PIECE)}\``;
  if ('mark' in piece) return clip(piece.text, PIECE);
  return `*${clip(piece.strong, PIECE)}*`;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Escaped, so that nothing in a text mentions anybody or links anywhere; at most so many characters afterwards. */
function clip(text: string, limit: number): string {
  return join(
    Array.from(text, (character) => ESCAPES[character] ?? character),
    limit,
  );
}

function cut(text: string, limit: number): string {
  return join(Array.from(text), limit);
}

/** As many of the parts as fit, none of them in half. */
function join(parts: readonly string[], limit: number): string {
  let length = 0;
  let fitting = 0;
  for (const part of parts) {
    length += part.length;
    if (length < limit) fitting += 1;
  }
  return length <= limit ? parts.join('') : `${parts.slice(0, fitting).join('')}…`;
}
