import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { Refusal } from '../refusal.ts';
import type { Archive } from './open-archive.ts';

/** What a reader of a part wants to hear; names come without their namespace prefix. */
export interface PartHandler {
  open?(element: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(element: string): void;
}

/** Gives an attribute's value, found by its name without prefix. */
export type Attributes = (name: string) => string | undefined;

const deepest = 64;
/** A spreadsheet's cell holds 32,767 characters. */
const longestText = 1_000_000;

/**
 * Streams one XML part of the archive through `handler`, so that memory does not grow with its size.
 * Document types are refused, hence no entity but XML's own five is ever expanded.
 * @throws {FILE_UNREADABLE | FILE_TOO_LARGE}
 */
export async function parsePart(archive: Archive, part: string, handler: PartHandler): Promise<void> {
  const parser = new SaxesParser();
  let depth = 0;
  parser.on('doctype', () => {
    throw new Refusal('FILE_UNREADABLE', `${part} declares a document type, which no workbook does.`);
  });
  parser.on('opentag', (tag) => {
    if (++depth > deepest) throw new Refusal('FILE_UNREADABLE', `${part} is nested too deeply.`);
    handler.open?.(localName(tag.name), (name) => attributeOf(tag.attributes, name));
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    handler.close?.(localName(tag.name));
  });
  if (handler.text !== undefined) {
    const onText = (text: string) => {
      if (text.length > longestText)
        throw new Refusal('FILE_TOO_LARGE', `${part} has a text beyond all measure.`);
      handler.text?.(text);
    };
    parser.on('text', onText);
    parser.on('cdata', onText);
  }
  try {
    await feed(parser, archive.read(part));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('FILE_UNREADABLE', `${part} is not well-formed.`, { cause: error });
  }
}

async function feed(parser: SaxesParser, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
    parser.write(decoder.decode(chunk, { stream: true }));
  }
  parser.write(decoder?.decode() ?? '').close();
}

function encodingOf(start: Uint8Array): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function attributeOf(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  const value = attributes[name];
  if (value !== undefined) return value;
  const prefixed = Object.keys(attributes).find((key) => key.endsWith(`:${name}`));
  return prefixed === undefined ? undefined : attributes[prefixed];
}
