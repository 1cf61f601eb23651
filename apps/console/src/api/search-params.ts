/**
 * What a route reads from its address. Whatever does not fit is forgotten, as after a mistyped or an old link. No
 * schemas here: every route's are part of the first script that a browser loads.
 */
export const searchParams = {
  text(value: unknown): string | undefined {
    // A text that looks like a number comes as one.
    const text = typeof value === 'number' ? String(value) : value;
    return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
  },

  oneOf<Value extends string>(value: unknown, values: readonly Value[]): Value | undefined {
    return values.find((one) => one === value);
  },

  flag(value: unknown): boolean | undefined {
    return typeof value === 'boolean' ? value : undefined;
  },
} as const;
