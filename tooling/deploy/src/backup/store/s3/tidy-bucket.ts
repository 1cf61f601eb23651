import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import type { StoredFile } from '../backup-store.ts';
import type { Place } from './place.ts';
import { errorNamed } from './store-guard.ts';

/** Of S3, for one request. */
const DELETED_AT_ONCE = 1_000;

/** The objects whose names begin so, page by page, in the order of their names; at most `limit`. */
export async function listObjects(
  { client, bucket, prefix }: Place,
  below: string,
  limit = Number.POSITIVE_INFINITY,
): Promise<StoredFile[]> {
  const found: StoredFile[] = [];
  const pageSize = Math.min(limit, DELETED_AT_ONCE);
  const pages = paginateListObjectsV2({ client, pageSize }, { Bucket: bucket, Prefix: `${prefix}${below}` });
  for await (const { Contents = [] } of pages) {
    for (const { Key, Size = 0, LastModified = new Date(0) } of Contents) {
      if (Key === undefined) continue;
      found.push({ name: Key.slice(prefix.length), sizeBytes: Size, modifiedAt: LastModified });
    }
    if (found.length >= limit) break;
  }
  return found;
}

/** Removes the object of that name or, when it ends with a slash, all below it. */
export async function removeObjects(place: Place, name: string): Promise<void> {
  const names = name.endsWith('/') ? (await listObjects(place, name)).map((file) => file.name) : [name];
  for (let from = 0; from < names.length; from += DELETED_AT_ONCE) {
    const keys = names.slice(from, from + DELETED_AT_ONCE).map((each) => ({ Key: `${place.prefix}${each}` }));
    const { Errors: [failed] = [] } = await place.client.send(
      new DeleteObjectsCommand({ Bucket: place.bucket, Delete: { Objects: keys, Quiet: true } }),
    );
    if (failed !== undefined)
      throw Object.assign(new Error(`${failed.Key}: ${failed.Message ?? failed.Code}`), {
        name: failed.Code,
      });
  }
}

/**
 * Aborts the uploads that were begun before that moment and never ended; their parts cost as much as objects and are seen
 * nowhere else. A server that cannot list them has none to abort for us.
 */
export async function removeUploads(
  { client, bucket, prefix }: Place,
  below: string,
  before: Date,
): Promise<string[]> {
  const aborted: string[] = [];
  let page: ListMultipartUploadsCommandOutput | undefined;
  do {
    try {
      page = await client.send(
        new ListMultipartUploadsCommand({
          Bucket: bucket,
          Prefix: `${prefix}${below}`,
          KeyMarker: page?.NextKeyMarker,
          UploadIdMarker: page?.NextUploadIdMarker,
        }),
      );
    } catch (error) {
      if (errorNamed(error, 'NotImplemented', 'MethodNotAllowed')) return aborted;
      throw error;
    }
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key === undefined || Initiated === undefined || Initiated >= before) continue;
      await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
      aborted.push(Key.slice(prefix.length));
    }
  } while (page.IsTruncated === true);
  return aborted;
}
