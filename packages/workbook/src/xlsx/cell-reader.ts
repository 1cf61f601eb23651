import { TextStore } from '../text-store.ts';
import { decodeCellText } from './cell-text.ts';
import { mailtoAddress } from './mailto-address.ts';

/** Follows the parts of one cell after the other and tells the text that each shows. */
export class CellReader {
  readonly #strings: readonly string[];
  readonly #own = new TextStore();
  #type = 'n';
  #part = '';
  #value = '';
  #inline = '';
  #formula = '';
  #isPhonetic = false;

  constructor(strings: readonly string[]) {
    this.#strings = strings;
  }

  open(type: string | undefined): void {
    this.#type = type ?? 'n';
    this.#part = '';
    this.#value = '';
    this.#inline = '';
    this.#formula = '';
  }

  openPart(element: string): void {
    this.#part = element;
    if (element === 'rPh') this.#isPhonetic = true;
  }

  text(chunk: string): void {
    if (this.#part === 'v') this.#value += chunk;
    else if (this.#part === 't' && !this.#isPhonetic) this.#inline += chunk;
    else if (this.#part === 'f') this.#formula += chunk;
  }

  closePart(element: string): void {
    this.#part = '';
    if (element === 'rPh') this.#isPhonetic = false;
  }

  /** Text of the cell as shown; a formula's is its last result, a number's is without padding. */
  close(): string {
    const value = this.#value.trim();
    switch (this.#type) {
      case 's':
        return this.#strings[Number(value)] ?? '';
      case 'inlineStr':
        return this.#own.once(decodeCellText(this.#inline));
      case 'b':
        return value === '' ? '' : value === '1' ? 'TRUE' : 'FALSE';
      case 'n':
        return value === '' || Number.isNaN(Number(value)) ? value : String(Number(value));
      default:
        return this.#own.once(decodeCellText(this.#value));
    }
  }

  get isError(): boolean {
    return this.#type === 'e';
  }

  /** The address of a `HYPERLINK("mailto:…")` formula. */
  get link(): string | undefined {
    const target = /HYPERLINK\(\s*"([^"]*)"/i.exec(this.#formula)?.[1];
    return target === undefined ? undefined : mailtoAddress(target);
  }
}
