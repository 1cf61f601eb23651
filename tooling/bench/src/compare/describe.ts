import type { ToolRun } from './run-tool.ts';
import type { Recorded } from './tool.ts';

/** A history in a few words. */
export function describeHistory(history: readonly Recorded[]): string {
  if (history.length === 0) return 'nothing';
  return history.map(({ name, state }) => (state === 'applied' ? name : `${name} (${state})`)).join(', ');
}

/** How a run ended, with the code of the tool's own error where it gives one. */
export function describeRun({ exitCode, output }: ToolRun): string {
  const code = exitCode === 0 ? undefined : /\bP[13]\d{3}\b/.exec(output)?.[0];
  return `${exitCode === null ? 'never ended' : `exit ${exitCode}`}${code === undefined ? '' : ` (${code})`}`;
}

/** Names with commas between, or that there are none. */
export function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}

/** Seconds, as exactly as their size makes sense. */
export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}
