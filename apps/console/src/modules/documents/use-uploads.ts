import { isAppError, uploadDocument } from '@apms/client';
import type { Document } from '@apms/validators';
import pLimit from 'p-limit';
import { useEffect, useRef, useState } from 'react';
import { useWorkspace } from '../../session/use-workspace.ts';
import { mediaTypeOf } from './media-type-of.ts';
import { sha256Of } from './sha256-of.ts';

export type UploadState =
  /** Nothing was sent yet, or it was cancelled. */
  | { readonly kind: 'chosen' }
  /** Waits for those before it. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending'; readonly sentBytes: number }
  /** All is sent; the API stores it. */
  | { readonly kind: 'storing' }
  | { readonly kind: 'done' }
  /** It will never be accepted. */
  | { readonly kind: 'refused'; readonly reason: 'empty' | 'type' }
  /** `canRetry` unless the API refused this very file. */
  | { readonly kind: 'failed'; readonly error: unknown; readonly canRetry: boolean };

/** A file on its way. */
export interface Upload {
  readonly id: string;
  readonly file: File;
  readonly state: UploadState;
}

export interface Uploads {
  readonly list: readonly Upload[];
  /** Takes files into the list; what can never be accepted is marked there at once. */
  readonly add: (files: readonly File[]) => void;
  /** Sends what is chosen, or has failed. */
  readonly start: (id: string) => void;
  readonly cancel: (id: string) => void;
  readonly remove: (id: string) => void;
}

interface UploadsOptions {
  /** Whether what is finished stays in the list. */
  readonly isDoneListed?: boolean;
}

/** So many at once: the others wait, and calls of the page find a free connection. */
const AT_ONCE = 3;

/**
 * Uploads files, each with its own progress, failure and retry. `finish` says what becomes of a stored document; when it
 * fails, a retry does not send the file again.
 */
export function useUploads(
  finish: (document: Document, upload: Upload) => Promise<unknown>,
  { isDoneListed = true }: UploadsOptions = {},
): Uploads {
  const { options } = useWorkspace();
  const [list, setList] = useState<readonly Upload[]>([]);
  const stops = useRef(new Map<string, AbortController>());
  const stored = useRef(new Map<string, Document>());
  const [inTurn] = useState(() => pLimit(AT_ONCE));

  // Whoever leaves the page does not wait for what it was sending.
  useEffect(() => {
    const running = stops.current;
    return () => {
      for (const stop of running.values()) stop.abort();
    };
  }, []);

  function set(id: string, state: UploadState): void {
    setList((uploads) => uploads.map((upload) => (upload.id === id ? { ...upload, state } : upload)));
  }

  async function send(upload: Upload, signal: AbortSignal): Promise<void> {
    const { id, file } = upload;
    signal.throwIfAborted();
    set(id, { kind: 'sending', sentBytes: 0 });
    const sha256 = await sha256Of(file);
    const typed = new File([file], file.name, { type: mediaTypeOf(file) ?? file.type });
    const document =
      stored.current.get(id) ??
      (await uploadDocument(options, typed, {
        idempotencyKey: id,
        signal,
        ...(sha256 !== undefined && { sha256 }),
        onProgress: ({ sentBytes, totalBytes }) =>
          set(id, sentBytes < totalBytes ? { kind: 'sending', sentBytes } : { kind: 'storing' }),
      }));
    stored.current.set(id, document);
    await finish(document, upload);
  }

  function forget(id: string): void {
    setList((uploads) => uploads.filter((upload) => upload.id !== id));
  }

  function start(id: string): void {
    const upload = list.find((candidate) => candidate.id === id);
    if (upload === undefined || stops.current.has(id)) return;
    const stop = new AbortController();
    stops.current.set(id, stop);
    set(id, { kind: 'waiting' });
    inTurn(() => send(upload, stop.signal))
      .then(
        () => (isDoneListed ? set(id, { kind: 'done' }) : forget(id)),
        (error: unknown) =>
          set(
            id,
            stop.signal.aborted ? { kind: 'chosen' } : { kind: 'failed', error, canRetry: !isFinal(error) },
          ),
      )
      .finally(() => stops.current.delete(id));
  }

  return {
    list,
    add: (files) =>
      setList((uploads) => [
        ...uploads,
        ...files.map((file) => ({ id: crypto.randomUUID(), file, state: firstState(file) })),
      ]),
    start,
    cancel: (id) => stops.current.get(id)?.abort(),
    remove: (id) => {
      stops.current.get(id)?.abort();
      forget(id);
    },
  };
}

function firstState(file: File): UploadState {
  if (file.size === 0) return { kind: 'refused', reason: 'empty' };
  return mediaTypeOf(file) === null ? { kind: 'refused', reason: 'type' } : { kind: 'chosen' };
}

function isFinal(error: unknown): boolean {
  const codes = ['DOCUMENT_TOO_LARGE', 'DOCUMENT_EMPTY', 'DOCUMENT_TYPE_REFUSED', 'INPUT_INVALID'] as const;
  return codes.some((code) => isAppError(error, code));
}
