import { type UploadProgress, uploadDocument } from '@apms/client';
import type { ConfigSourceType, ConfigVersionDetails, ImportProgress } from '@apms/validators';
import { useEffect, useRef, useState } from 'react';
import { useWorkspace, type WorkspaceOfPage } from '../../session/use-workspace.ts';

/** What is to be imported, and as what. */
export interface ImportOrder {
  readonly file: File;
  readonly sourceType: ConfigSourceType;
  readonly notes: string | null;
}

/** How far an import is. */
export type ImportState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'uploading'; readonly progress: UploadProgress }
  /** Null until the API tells something. */
  | { readonly phase: 'importing'; readonly progress: ImportProgress | null }
  | { readonly phase: 'imported'; readonly version: ConfigVersionDetails }
  | { readonly phase: 'failed'; readonly during: 'uploading' | 'importing'; readonly error: unknown };

/** One order from the first attempt to the last: whatever is sent again is sent under the same key, and happens once. */
interface Attempt extends ImportOrder {
  readonly uploadKey: string;
  readonly importKey: string;
  documentId: string | null;
}

/** Imports are not held up for longer by those who only want to watch them. */
const WATCHING_MS = 3_000;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Uploads a workbook and imports it; what was lost on the way can be tried again from where it was. */
export function useWorkbookImport() {
  const api = useWorkspace();
  const [state, setState] = useState<ImportState>({ phase: 'idle' });
  const attempt = useRef<Attempt | null>(null);
  const abort = useRef(new AbortController());
  useEffect(() => () => abort.current.abort(), []);

  async function run(order: Attempt): Promise<void> {
    abort.current = new AbortController();
    const { signal } = abort.current;
    try {
      if (order.documentId === null) {
        setState({ phase: 'uploading', progress: { sentBytes: 0, totalBytes: order.file.size } });
        order.documentId = await upload(api, order, signal, (progress) => {
          if (!signal.aborted) setState({ phase: 'uploading', progress });
        });
      }
      setState({ phase: 'importing', progress: null });
      const version = await importDocument(api, order, order.documentId, (progress) => {
        if (!signal.aborted) setState({ phase: 'importing', progress });
      });
      attempt.current = null;
      await api.queryClient.invalidateQueries(api.trpc.configVersions.pathFilter());
      if (!signal.aborted) setState({ phase: 'imported', version });
    } catch (error) {
      const during = order.documentId === null ? 'uploading' : 'importing';
      setState(signal.aborted ? { phase: 'idle' } : { phase: 'failed', during, error });
    }
  }

  return {
    state,
    start: (order: ImportOrder) => {
      const keys = { uploadKey: crypto.randomUUID(), importKey: crypto.randomUUID() };
      attempt.current = { ...order, ...keys, documentId: null };
      void run(attempt.current);
    },
    retry: () => {
      if (attempt.current !== null) void run(attempt.current);
    },
    /** Stops an upload; an import goes on. */
    cancel: () => abort.current.abort(),
    reset: () => setState({ phase: 'idle' }),
  };
}

async function upload(
  { options }: WorkspaceOfPage,
  { file, uploadKey }: Attempt,
  signal: AbortSignal,
  onProgress: (progress: UploadProgress) => void,
): Promise<string> {
  // Not every system knows the type of the ending that was asked for.
  const workbook = new File([file], file.name, { type: XLSX });
  const { id } = await uploadDocument(options, workbook, { onProgress, signal, idempotencyKey: uploadKey });
  return id;
}

async function importDocument(
  { client }: WorkspaceOfPage,
  { sourceType, notes, importKey }: Attempt,
  documentId: string,
  onProgress: (progress: ImportProgress) => void,
): Promise<ConfigVersionDetails> {
  const { promise: isWatched, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, WATCHING_MS);
  const watching = client.configVersions.importProgress.subscribe(
    { documentId },
    { onStarted: () => resolve(), onData: onProgress, onError: () => resolve() },
  );
  try {
    await isWatched;
    return await client.configVersions.import.mutate(
      { documentId, sourceType, ...(notes !== null && { notes }) },
      { context: { idempotencyKey: importKey } },
    );
  } finally {
    clearTimeout(timer);
    watching.unsubscribe();
  }
}
