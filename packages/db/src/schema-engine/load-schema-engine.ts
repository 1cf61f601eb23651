import type { SchemaEngine } from '@prisma/schema-engine-wasm';

declare global {
  /** Where the engine leaves the message of a panic; it looks for it under this name. */
  var PRISMA_WASM_PANIC_REGISTRY: { set_message(message: string): void } | undefined;
}

let panicMessage: string | undefined;

/** What the engine said when it panicked, once: an engine that panicked cannot be used any more. */
export function takePanicMessage(): string | undefined {
  const message = panicMessage;
  panicMessage = undefined;
  return message;
}

/** Loads Prisma's schema engine into this process. */
export async function loadSchemaEngine(): Promise<typeof SchemaEngine> {
  globalThis.PRISMA_WASM_PANIC_REGISTRY ??= {
    set_message: (message) => {
      panicMessage = message;
    },
  };
  return (await import('@prisma/schema-engine-wasm')).SchemaEngine;
}
