import type { Reporter } from './reporter.ts';

/** One JSON object a line: every event with its time, and the report as the last. */
export function jsonReporter(): Reporter {
  const write = (value: object) =>
    process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), ...value })}\n`);
  return {
    event: write,
    finished: async (report) => void write({ type: 'report', report }),
  };
}
