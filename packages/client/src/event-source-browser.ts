/** The browser's own, which nothing needs to be loaded for. */
export const { EventSource } = globalThis;
