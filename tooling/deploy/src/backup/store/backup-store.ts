import type { Readable } from 'node:stream';

/** A file of a store, by its name. */
export interface StoredFile {
  name: string;
  sizeBytes: number;
  modifiedAt: Date;
}

export interface WriteOptions {
  /** About how much is to come; a few times too little is no harm. */
  expectedBytes?: number | undefined;
}

/**
 * Where backups are kept. A store knows names, as parts between slashes (`<target>/<backup>/backup/<file>`), and bytes; what
 * they mean is catalogue.ts's business. Whoever makes backups is given a `writeFile` (backup.ts), which packs, encrypts
 * and hashes on the way here; whoever restores them reads with `unpackFile`, which checks all that.
 *
 * A name holds all of its content or does not exist: an interrupted write leaves nothing under it. What returned is
 * durable. Streams are never held in memory.
 * @throws {STORE_FAILED} from every method, when the store cannot be used at all; {STORE_LOST} when it went away meanwhile.
 */
export interface BackupStore {
  /** Where a name lies, for people: a path or an `s3://` address. */
  locate(name: string): string;
  /** Finds out whether the store can be used, before anything is begun. */
  check(): Promise<void>;
  /** All files below a name that ends with a slash, in the order of their names. */
  list(below: string): Promise<StoredFile[]>;
  /** The content and its size; undefined when there is no such name. */
  read(name: string, signal?: AbortSignal): Promise<{ sizeBytes: number; content: Readable } | undefined>;
  /** Puts the content in the place of whatever the name held; a content that fails or is destroyed leaves all as it was. */
  write(name: string, content: Readable, options?: WriteOptions): Promise<void>;
  /** Removes the file of that name or, when it ends with a slash, everything below it. */
  remove(name: string): Promise<void>;
  /** Removes what writes left that were begun before that moment and never ended; says their names. */
  removeUnfinished(below: string, before: Date): Promise<string[]>;
  /** A small text with the version that {@link replace} compares; undefined when there is no such name. */
  readText(name: string): Promise<VersionedText | undefined>;
  /**
   * Puts a small text, or nothing (undefined), in the place of the version that was read; `undefined` stands for a name
   * that does not exist. False when somebody else was quicker; then nothing was changed.
   */
  replace(name: string, text: string | undefined, version: string | undefined): Promise<boolean>;
  /** Puts a small text there, whatever the name held. */
  writeText(name: string, text: string): Promise<void>;
}

export interface VersionedText {
  text: string;
  version: string;
}
