import { styleText } from 'node:util';

/** A text in a colour, where standard output shows colours; NO_COLOR and FORCE_COLOR are Node's to respect. */
export function paint(format: Parameters<typeof styleText>[0], text: string): string {
  return styleText(format, text, { stream: process.stdout });
}
