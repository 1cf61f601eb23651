import { createInterface } from 'node:readline';
import { answerRequest, type EngineRequest, engineFailure } from './answer-request.ts';
import { type OpenSchemaEngine, openSchemaEngine, type SchemaEngineOptions } from './open-schema-engine.ts';

interface DiffSide {
  readonly tag: string;
}

/** A diff between files, or between nothing and files, must work without any database. */
function needsDatabase(request: EngineRequest): boolean {
  if (request.method !== 'diff') return true;
  const { from, to }: { from?: DiffSide; to?: DiffSide } = request.params ?? {};
  return [from, to].some((side) => side?.tag === 'url' || side?.tag === 'schemaDatasource');
}

function send(message: object): void {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

/** The CLI prints a diff itself, when it is asked to, and takes it from no other place. */
function sendResult(request: EngineRequest, result: unknown): void {
  if (request.method === 'diff' && typeof result === 'object' && result !== null && 'stdout' in result) {
    if (typeof result.stdout === 'string')
      send({ id: 0, method: 'print', params: { content: result.stdout } });
    send({ id: request.id, result: { ...result, stdout: null } });
  } else {
    send({ id: request.id, result });
  }
}

/** Answers the CLI's requests, one line of JSON each, until it closes the input. */
export async function serveRequests(options: SchemaEngineOptions): Promise<void> {
  let open: OpenSchemaEngine | undefined;
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const request: EngineRequest = JSON.parse(line);
    // What has no method is the CLI's acknowledgement of something printed.
    if (!request.method) continue;
    try {
      // One engine serves every request that it can: the migration lock lasts as long as its session.
      if (open?.offline && needsDatabase(request)) {
        await open.close();
        open = undefined;
      }
      open ??= await openSchemaEngine({ ...options, offline: !needsDatabase(request) });
      sendResult(request, await answerRequest(open, request));
    } catch (error) {
      send({ id: request.id, error: engineFailure(error) });
    }
  }
  await open?.close();
}
