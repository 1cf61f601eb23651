import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, type GetObjectCommandOutput } from '@aws-sdk/client-s3';
import type { Place } from './place.ts';
import { errorNamed, isTransient } from './store-guard.ts';

/** How often in a row a download that breaks off is taken up again without a byte having come. */
const RESUMPTIONS = 5;
const PAUSE_MS = 500;

/**
 * The content of an object; undefined when there is none. A download that breaks off goes on where it was: the SDK's own
 * retries end when an answer begins.
 */
export async function readObject(
  { client }: Place,
  object: { Bucket: string; Key: string },
  abortSignal: AbortSignal,
): Promise<{ sizeBytes: number; content: AsyncGenerator<Uint8Array> } | undefined> {
  const request = (from: number, version: string | undefined) =>
    client.send(
      new GetObjectCommand({
        ...object,
        ...(from > 0 && { Range: `bytes=${from}-` }),
        ...(version !== undefined && { IfMatch: version }),
      }),
      { abortSignal },
    );
  let answer: GetObjectCommandOutput;
  try {
    answer = await request(0, undefined);
  } catch (error) {
    if (errorNamed(error, 'NoSuchKey')) return undefined;
    throw error;
  }
  const sizeBytes = answer.ContentLength ?? 0;
  return { sizeBytes, content: chunks(answer, sizeBytes, request) };
}

async function* chunks(
  first: GetObjectCommandOutput,
  sizeBytes: number,
  request: (from: number, version: string | undefined) => Promise<GetObjectCommandOutput>,
): AsyncGenerator<Uint8Array> {
  let answer = first;
  let done = 0;
  let attempt = 0;
  while (done < sizeBytes) {
    try {
      for await (const chunk of answer.Body?.transformToWebStream() ?? []) {
        done += chunk.length;
        attempt = 0;
        yield chunk;
      }
      if (done < sizeBytes)
        throw Object.assign(new Error('the download ended early'), { code: 'ECONNRESET' });
    } catch (error) {
      attempt += 1;
      if (attempt > RESUMPTIONS || !isTransient(error)) throw error;
      await sleep(PAUSE_MS * attempt);
      answer = await request(done, first.ETag);
    }
  }
}
