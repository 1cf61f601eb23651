import { errorCode } from './engine-error.ts';
import { takePanicMessage } from './load-schema-engine.ts';
import type { OpenSchemaEngine } from './open-schema-engine.ts';

export interface EngineRequest {
  readonly id: number;
  readonly method: string;
  readonly params?: object | null;
}

export interface EngineFailure {
  readonly code: 4466;
  readonly message: string;
  readonly data: { is_panic: boolean; message: string; meta: unknown; error_code: string | null };
}

/** Prisma's names for the engine's methods, where the two differ. */
const RENAMED: Readonly<Record<string, string>> = { getDatabaseVersion: 'version' };

/** Calls the method of the engine that the request names. */
export async function answerRequest(
  { engine, explain }: OpenSchemaEngine,
  request: EngineRequest,
): Promise<unknown> {
  const method: unknown = Reflect.get(engine, RENAMED[request.method] ?? request.method);
  if (typeof method !== 'function') throw new Error(`The schema engine has no method ${request.method}.`);
  try {
    const result: unknown = await Reflect.apply(method, engine, [request.params]);
    return result ?? {};
  } catch (error) {
    throw await explain(error);
  }
}

/** The error in the form that Prisma's CLI prints. */
export function engineFailure(error: unknown): EngineFailure {
  const panic = takePanicMessage();
  const message = panic ?? (error instanceof Error ? error.message : String(error));
  const meta: unknown = error instanceof Error && 'meta' in error ? error.meta : null;
  return {
    code: 4466,
    message: 'An error happened. Check the data field for details.',
    data: { is_panic: panic !== undefined, message, meta, error_code: errorCode(error) ?? null },
  };
}
