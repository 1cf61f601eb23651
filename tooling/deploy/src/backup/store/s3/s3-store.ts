import { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { TargetSettings } from '../../../config.ts';
import type { BackupStore } from '../backup-store.ts';
import type { Place } from './place.ts';
import { readObject } from './read-object.ts';
import { replaceObject } from './replace-object.ts';
import { errorNamed, type Guard, storeGuard } from './store-guard.ts';
import { listObjects, removeObjects, removeUploads } from './tidy-bucket.ts';

export type S3Settings = Extract<TargetSettings['store'], { kind: 's3' }>;

/** What an upload holds in memory: as many parts as are on their way, and the one that is filled. */
const PARTS_AT_ONCE = 3;
const PART_BYTES = 8 * 2 ** 20;
/** Of S3, for one object. */
const MAX_PARTS = 10_000;

/** The SDK tries each request so often, waiting longer each time. */
const ATTEMPTS = 5;
const CONNECT_TIMEOUT_MS = 5_000;
/** Without a byte in either direction. */
const SILENCE_TIMEOUT_MS = 60_000;

/**
 * A store in S3 or what speaks its protocol. Credentials come from where the AWS SDK looks for them (environment, profile,
 * role of the machine), never from the configuration. Uploads are multipart; one that fails is aborted.
 */
export function s3Store({ bucket, prefix, region, endpoint, forcePathStyle }: S3Settings): BackupStore {
  const client = new S3Client({
    forcePathStyle,
    maxAttempts: ATTEMPTS,
    // The SHA-256 in the manifest is checked instead, whatever the server knows of checksums.
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, socketTimeout: SILENCE_TIMEOUT_MS },
    ...(endpoint !== undefined && { endpoint }),
    // Servers other than Amazon's have no regions, but signatures must name one.
    ...(region !== undefined || endpoint !== undefined ? { region: region ?? 'us-east-1' } : {}),
  });
  const place: Place = { client, bucket, prefix: prefix === '' ? '' : `${prefix}/` };
  const guard = storeGuard(`s3://${bucket}/${prefix}`);
  const of = (name: string) => ({ Bucket: bucket, Key: `${place.prefix}${name}` });
  const readText = (name: string) => readObjectText(client, guard, of(name));
  return {
    locate: (name) => `s3://${bucket}/${place.prefix}${name}`,
    check: () => guard(() => listObjects(place, '', 1).then(() => undefined)),
    list: (below) => guard(() => listObjects(place, below)),
    async read(name, signal) {
      const unread = new AbortController();
      const either = AbortSignal.any([unread.signal, ...(signal ? [signal] : [])]);
      const found = await guard(() => readObject(place, of(name), either));
      if (found === undefined) return undefined;
      const content = Readable.from(guard.stream(found.content), { objectMode: false });
      // The connection of a content that nobody reads to its end.
      content.once('close', () => unread.abort());
      return { sizeBytes: found.sizeBytes, content };
    },
    async write(name, content, { expectedBytes = 0 } = {}) {
      const partSize = Math.max(PART_BYTES, Math.ceil((2 * expectedBytes) / MAX_PARTS));
      const params = { ...of(name), Body: content };
      const upload = new Upload({ client, params, partSize, queueSize: PARTS_AT_ONCE });
      await guard(() => upload.done());
    },
    remove: (name) => guard(() => removeObjects(place, name)),
    removeUnfinished: (below, before) => guard(() => removeUploads(place, below, before)),
    readText,
    async replace(name, text, version) {
      if (!(await guard(() => replaceObject(client, of(name), text, version)))) return false;
      // A server that knows no conditions has written it whatever was there: the last of two that did so at once is the one.
      return text === undefined || (await readText(name))?.text === text;
    },
    async writeText(name, text) {
      await guard(() => client.send(new PutObjectCommand({ ...of(name), Body: text })));
    },
  };
}

async function readObjectText(client: S3Client, guard: Guard, object: { Bucket: string; Key: string }) {
  try {
    return await guard(async () => {
      const { Body, ETag } = await client.send(new GetObjectCommand(object));
      return { text: (await Body?.transformToString()) ?? '', version: ETag ?? '' };
    });
  } catch (error) {
    if (errorNamed(error, 'NoSuchKey')) return undefined;
    throw error;
  }
}
