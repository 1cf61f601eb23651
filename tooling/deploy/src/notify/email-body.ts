import { html } from 'htm/preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import { plainText } from '../report/plain-text.ts';
import type { Notification } from './notification.ts';

const COLOURS = { good: '#0b6b3a', quiet: '#59626b', caution: '#8a5300', bad: '#b3261e', alarm: '#a01c14' };
const REASONS = 20;

/** A mail's two bodies: the verdict, why, and the facts. The rest is in the attached report. */
export function emailBody({ report, document, readAt }: Notification): { text: string; html: string } {
  const { verdict, facts } = document;
  const [sentence, next] = [plainText(verdict.sentence), plainText(verdict.next)];
  const { reasons, warnings, failure } = report;
  const why = failure === null ? [...reasons, ...warnings] : [failure.message, ...warnings];
  const shown = why.slice(0, REASONS);
  if (why.length > shown.length) shown.push(`and ${why.length - shown.length} more`);
  const rows = [
    ...facts.map(([name, value]) => [name, plainText(value)] as const),
    ['report', readAt] as const,
  ];
  const text = [
    `${verdict.title}: ${report.target}`,
    sentence,
    `Next: ${next}`,
    shown.map((reason) => `- ${reason.replaceAll('\n', '\n  ')}`).join('\n'),
    rows.map(([name, value]) => `${name.padEnd(14)} ${value}`).join('\n'),
  ];
  return {
    text: `${text.filter(Boolean).join('\n\n')}\n`,
    html: renderToStaticMarkup(
      html`<html lang="en">
        <body style="font: 15px/1.5 sans-serif; color: #1b1f23; background: #ffffff">
          <h1 style=${`font-size: 22px; margin: 0 0 8px; color: ${COLOURS[verdict.tone]}`}>
            ${verdict.title}: ${report.target}
          </h1>
          <p style="margin: 0 0 8px">${sentence}</p>
          <p style="margin: 0 0 16px"><b>Next</b> ${next}</p>
          ${shown.length > 0 && html`<ul>${shown.map((reason) => html`<li style="white-space: pre-wrap">${reason}</li>`)}</ul>`}
          <table style="border-collapse: collapse">
            ${rows.map(
              ([name, value]) =>
                html`<tr>
                  <th scope="row" style="text-align: left; font-weight: normal; color: #59626b; padding: 2px 16px 2px 0">${name}</th>
                  <td>${value}</td>
                </tr>`,
            )}
          </table>
        </body>
      </html>`,
    ),
  };
}
