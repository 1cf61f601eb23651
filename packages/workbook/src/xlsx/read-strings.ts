import { TextStore } from '../text-store.ts';
import { decodeCellText } from './cell-text.ts';
import type { Archive } from './open-archive.ts';
import { parsePart } from './parse-part.ts';

/** The texts that cells refer to by position; runs of rich text joined, phonetic hints left out. */
export async function readStrings(archive: Archive, part: string): Promise<string[]> {
  const strings: string[] = [];
  const texts = new TextStore();
  let text = '';
  let isText = false;
  let phonetics = 0;
  await parsePart(archive, part, {
    open(element) {
      if (element === 'si') text = '';
      else if (element === 'rPh') phonetics += 1;
      isText = element === 't' && phonetics === 0;
    },
    text(chunk) {
      if (isText) text += chunk;
    },
    close(element) {
      isText = false;
      if (element === 'rPh') phonetics -= 1;
      else if (element === 'si') strings.push(texts.once(decodeCellText(text)));
    },
  });
  return strings;
}
