import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { errorNamed } from './store-guard.ts';

/**
 * Writes or deletes an object under the condition that it still has that version, where the server knows conditions; one
 * that says it does not is asked without.
 * @returns false when the object has another version.
 */
export async function replaceObject(
  client: S3Client,
  object: { Bucket: string; Key: string },
  text: string | undefined,
  version: string | undefined,
): Promise<boolean> {
  const condition = version === undefined ? { IfNoneMatch: '*' } : { IfMatch: version };
  const send = (conditions: typeof condition | undefined) =>
    text === undefined
      ? client.send(new DeleteObjectCommand({ ...object, ...(version !== undefined && conditions) }))
      : client.send(new PutObjectCommand({ ...object, Body: text, ...conditions }));
  try {
    await send(condition);
    return true;
  } catch (error) {
    if (errorNamed(error, 'PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey')) return false;
    if (!errorNamed(error, 'NotImplemented')) throw error;
    await send(undefined);
    return true;
  }
}
