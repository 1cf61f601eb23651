import type { S3Client } from '@aws-sdk/client-s3';

/** A bucket, and what the names of a store begin with in it. */
export interface Place {
  client: S3Client;
  bucket: string;
  /** Empty, or ends with a slash. */
  prefix: string;
}
