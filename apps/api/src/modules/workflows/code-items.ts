import type { RaisedItem } from '@apms/validators';

/** The code of each item of a list: its own, or the next of `P-01`, `P-02` … that none of them has. */
export function codeItems(items: readonly Pick<RaisedItem, 'itemCode'>[]): string[] {
  const taken = new Set(items.map(({ itemCode }) => itemCode));
  let number = 0;
  return items.map(({ itemCode }) => {
    if (itemCode !== undefined) return itemCode;
    let code: string;
    do code = `P-${String(++number).padStart(2, '0')}`;
    while (taken.has(code));
    return code;
  });
}
