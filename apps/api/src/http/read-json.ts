import { isUtf8 } from 'node:buffer';
import { parse } from 'secure-json-parse';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * The value of a JSON text from outside, undefined for an empty one. Keys that would reach an object's prototype and
 * values nested deeper than `maxDepth` are refused, so that nothing that walks the value later can be harmed by it.
 * @throws {SyntaxError} when it is not such a text
 */
export function readJson(bytes: Buffer, maxDepth: number): unknown {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) throw new SyntaxError('not UTF-8');
  if (isDeeper(bytes, maxDepth)) throw new SyntaxError(`nested deeper than ${maxDepth}`);
  return parse(bytes.toString('utf8'), null, { protoAction: 'error', constructorAction: 'error' });
}

/** Counts the brackets outside of strings. */
function isDeeper(bytes: Buffer, maxDepth: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) {
      inString = true;
    } else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (byte === 0x5d || byte === 0x7d) {
      depth -= 1;
    }
  }
  return false;
}
