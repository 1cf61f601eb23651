import type { Readable } from 'node:stream';

/** What is known of a content once it is stored. */
export interface StoredContent {
  /** Made by the store; nothing of it comes from a caller. */
  readonly storageKey: string;
  readonly sizeBytes: number;
  /** In lower-case hex. */
  readonly sha256: string;
}

/** Bytes `start` to `end`, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Where the bytes of documents lie. Contents are written once and never changed. */
export interface DocumentStore {
  /** The largest content that is accepted. */
  readonly limitBytes: number;
  /**
   * Stores a content of a workspace as it arrives, without holding it in memory. It is there, whole and durable, when
   * this returns, and nothing of it is when this throws.
   * @throws {AppError} DOCUMENT_TOO_LARGE as soon as the limit is passed; DOCUMENT_EMPTY
   */
  write(content: AsyncIterable<Uint8Array>, workspaceId: string): Promise<StoredContent>;
  /** The content, or a part of it. Throws when there is none. */
  read(storageKey: string, range?: ByteRange): Promise<Readable>;
  /**
   * The whole content in memory, proven to be what was written.
   * @throws {AppError} DOCUMENT_TOO_LARGE when it is larger than `limitBytes`; DOCUMENT_CORRUPT
   */
  readAll(storageKey: string, limitBytes: number): Promise<Uint8Array>;
  /** Removes a content; it may be gone already. */
  remove(storageKey: string): Promise<void>;
  /** Keys of everything written before a moment, unfinished uploads included. */
  list(writtenBefore: Date): AsyncIterable<string>;
}
