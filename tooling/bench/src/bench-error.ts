/** Why a bench cannot be run here, as a sentence for the person who asked for it. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
}
