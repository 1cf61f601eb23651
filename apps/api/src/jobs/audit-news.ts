interface Finding {
  readonly name: string;
  readonly count: number;
}

/**
 * What is worth telling about an audit after the one before it: other findings than before, or that there are none any
 * more. Null when nothing has changed.
 */
export function whatIsNew(
  before: readonly Finding[],
  now: readonly Finding[],
): 'unhealthy' | 'healthy' | null {
  if (fingerprint(before) === fingerprint(now)) return null;
  return now.length === 0 ? 'healthy' : 'unhealthy';
}

function fingerprint(findings: readonly Finding[]): string {
  return JSON.stringify(
    findings.map(({ name, count }) => [name, count] as const).toSorted(([a], [b]) => a.localeCompare(b)),
  );
}
