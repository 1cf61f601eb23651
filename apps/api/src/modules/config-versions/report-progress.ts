import type { ImportPhase } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';

/** How far one import is. */
export interface ProgressReport {
  readonly phase: ImportPhase;
  readonly sheet: string | null;
  readonly rowsDone: number;
  readonly rowsTotal: number | null;
}

/** How often a phase is told of at most. */
const INTERVAL_MS = 200;

/**
 * Tells everybody who watches the import of a document how far it is: each phase once at least, and then now and then.
 * Nothing waits for it, and an import does not fail because nobody could be told.
 */
export function progressReporter(
  { services, db }: WorkspaceContext,
  documentId: string,
): (report: ProgressReport) => void {
  let lastPhase: ImportPhase | null = null;
  let lastAt = 0;
  // One after the other: sent on several connections at once, a later step could arrive before an earlier one.
  let told = Promise.resolve();
  return (report) => {
    const at = performance.now();
    if (report.phase === lastPhase && at - lastAt < INTERVAL_MS) return;
    lastPhase = report.phase;
    lastAt = at;
    const { workspaceId } = db.scope;
    told = told
      .then(() => services.changes.publish({ kind: 'importProgress', workspaceId, documentId, ...report }))
      .catch((error: unknown) => services.log.warn({ err: error, documentId }, 'import progress not told'));
  };
}
