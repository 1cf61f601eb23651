import type { ToolRun } from './run-tool.ts';

/** Words by which a tool tells that something is not as it was. */
const TELLING =
  /modified|edited|changed|missing|not found|no such|cannot find|diverge|drift|mismatch|differ|tamper|out of order|unknown|was added|is in the database/i;

/** A line that tells of something, in a run; undefined where there is none. */
export function tellingLine({ output }: ToolRun): string | undefined {
  return output.split('\n').find((line) => TELLING.test(line));
}

/**
 * Whether a tool noticed what was done between two runs that would otherwise end alike: it ends with another exit
 * code, or says something telling that it did not say before.
 */
export function isNoticed(before: ToolRun | undefined, after: ToolRun | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  const telling = tellingLine(after);
  return before.exitCode !== after.exitCode || (telling !== undefined && telling !== tellingLine(before));
}
