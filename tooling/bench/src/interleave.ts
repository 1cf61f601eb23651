/**
 * Runs two works `runs` times each, in turn and each first as often as the other, so that what else the machine does
 * meanwhile falls on both alike. Returns the results in order.
 */
export async function interleave<A, B>(
  runs: number,
  reference: () => Promise<A>,
  ours: () => Promise<B>,
): Promise<{ reference: A[]; ours: B[] }> {
  const results: { reference: A[]; ours: B[] } = { reference: [], ours: [] };
  for (let run = 0; run < runs; run += 1) {
    if (run % 2 === 0) results.reference.push(await reference());
    results.ours.push(await ours());
    if (run % 2 === 1) results.reference.push(await reference());
  }
  return results;
}
