/** Keeps equal texts once in memory: the texts of a workbook repeat over many rows. */
export class TextStore {
  readonly #known = new Map<string, string>();

  /** The copy kept of a text. It is one of its own: a part of a larger text would keep all of that in memory. */
  once(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const own = Buffer.from(text).toString();
    this.#known.set(own, own);
    return own;
  }

  onceOrNull(text: string | null): string | null {
    return text === null ? null : this.once(text);
  }
}
