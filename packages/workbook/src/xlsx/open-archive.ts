import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import type { WorkbookLimits } from '../limits.ts';
import { Refusal } from '../refusal.ts';

/** The parts of a workbook file, by name without regard to case. */
export interface Archive {
  has(name: string): boolean;
  /** Inflates a part chunk by chunk. @throws {FILE_UNREADABLE} when it is damaged or missing */
  read(name: string): AsyncGenerator<Uint8Array>;
}

/**
 * Reads the archive's directory and nothing else; sizes are refused before a byte is inflated, and
 * inflating more than the directory says is an error.
 * @throws {FILE_TRUNCATED | FILE_TOO_LARGE | FILE_ENCRYPTED}
 */
export async function openArchive(file: Buffer, limits: WorkbookLimits): Promise<Archive> {
  const { zip, entries } = await readDirectory(file, limits);
  return {
    has: (name) => entries.has(name.toLowerCase()),
    read: (name) => inflate(zip, name, entries.get(name.toLowerCase())),
  };
}

async function readDirectory(file: Buffer, limits: WorkbookLimits) {
  const entries = new Map<string, Entry>();
  let inflatedBytes = 0;
  try {
    const zip = await fromBufferPromise(file, { lazyEntries: true });
    if (zip.entryCount > limits.parts) throw tooLarge(`it has ${zip.entryCount} parts`);
    for await (const entry of zip.eachEntry()) {
      if (!/\.(xml|rels)$/i.test(entry.fileName)) continue;
      inflatedBytes += entry.uncompressedSize;
      checkEntry(entry, inflatedBytes, limits);
      entries.set(entry.fileName.toLowerCase(), entry);
    }
    return { zip, entries };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('FILE_TRUNCATED', 'The file is damaged or incomplete: transfer it again.', {
      cause: error,
    });
  }
}

function checkEntry(entry: Entry, inflatedBytes: number, limits: WorkbookLimits): void {
  if (entry.isEncrypted()) throw new Refusal('FILE_ENCRYPTED', 'The archive is protected by a password.');
  if (inflatedBytes > limits.inflatedBytes) throw tooLarge(`it inflates to ${inflatedBytes} bytes or more`);
  const isWorthChecking = entry.uncompressedSize > 1_000_000;
  if (isWorthChecking && entry.uncompressedSize > limits.inflationRatio * entry.compressedSize) {
    throw tooLarge(`${entry.fileName} inflates to ${entry.uncompressedSize} bytes`);
  }
}

async function* inflate(zip: ZipFile, name: string, entry: Entry | undefined): AsyncGenerator<Uint8Array> {
  if (entry === undefined) throw unreadable(`${name} is missing in the file.`);
  let checksum = 0;
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      if (!(chunk instanceof Uint8Array)) continue;
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (error) {
    throw error instanceof Refusal ? error : unreadable(`${name} is damaged.`, error);
  }
  if (checksum !== entry.crc32) throw unreadable(`${name} is damaged.`);
}

function tooLarge(fact: string): Refusal {
  return new Refusal('FILE_TOO_LARGE', `The workbook is too large to be read: ${fact}.`);
}

function unreadable(reason: string, cause?: unknown): Refusal {
  return new Refusal('FILE_UNREADABLE', reason, { cause });
}
