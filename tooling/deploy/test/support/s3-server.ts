import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import type { S3Settings } from '../../src/backup/store/s3/s3-store.ts';

const BUCKET = 'backups';

/** The one key pair that the server knows. */
export const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' };

export interface S3Server {
  settings: S3Settings;
  port: number;
  put(key: string, text: string): Promise<void>;
  /** The object's file, to look at or to damage. */
  fileOf(key: string): string;
  /** Begins a multipart upload, as a process that is then killed. */
  beginUpload(key: string): Promise<void>;
  /** Ids of multipart uploads that were neither completed nor aborted. */
  unfinished(): Promise<string[]>;
  /** Every connection is cut and no new one accepted, as if the machine were gone. */
  kill(): Promise<void>;
  /** The same server, with all its objects, after it was killed. */
  restart(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * A server of the S3 protocol with an empty bucket: s3rver, with what it lacks added here. Those are second pages of a list
 * (its tokens need a cipher that OpenSSL no longer has), aborting and listing multipart uploads and, unless `conditional`
 * is false, writes under a condition.
 */
export async function startS3Server({ conditional = true } = {}): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), 'apms-s3-'));
  const s3rver = new S3rver({
    directory,
    silent: true,
    // It takes the slash after a bucket's name for none, and so the signature for another; keys it checks all the same.
    allowMismatchedSignatures: true,
    configureBuckets: [{ name: BUCKET, configs: [] }],
  });
  await s3rver.configureBuckets();
  const handle = s3rver.callback();
  const uploads = join(directory, BUCKET, '._S3rver_uploads');
  const fileOf = (key: string) => join(directory, BUCKET, `${key}._S3rver_object`);
  const s3rverOnly = createServer(handle);
  const s3rverPort = await listen(s3rverOnly, 0);
  const extras = conditional ? inTurn(underCondition(fileOf, handle)) : handle;
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://s3');
    if (request.method === 'DELETE' && searchParams.has('uploadId'))
      void abortUpload(join(uploads, searchParams.get('uploadId') ?? ''), response);
    else if (request.method === 'GET' && searchParams.has('uploads'))
      void listUploads(uploads, searchParams.get('prefix') ?? '', response);
    else if (request.method === 'GET' && searchParams.has('list-type'))
      void listPage(s3rverPort, request, response);
    else extras(request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await listen(server, 0);
  const kill = async () => {
    const closed = new Promise((resolve) => {
      server.close(resolve);
    });
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    settings: {
      kind: 's3',
      bucket: BUCKET,
      prefix: 'apms',
      endpoint: `http://127.0.0.1:${port}`,
      region: undefined,
      forcePathStyle: true,
    },
    port,
    async put(key, text) {
      await fetch(`http://127.0.0.1:${s3rverPort}/${BUCKET}/${key}`, { method: 'PUT', body: text });
    },
    fileOf,
    async beginUpload(key) {
      const upload = join(uploads, randomUUID());
      await mkdir(upload, { recursive: true });
      await writeFile(join(upload, 'key'), key);
    },
    unfinished: () => readdir(uploads).catch(() => []),
    kill,
    async restart() {
      await listen(server, port);
    },
    async remove() {
      if (server.listening) await kill();
      s3rverOnly.closeAllConnections();
      s3rverOnly.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A page of a list as version 1 of the protocol gives it, made one of version 2: the last key is the token. */
async function listPage(port: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '', `http://127.0.0.1:${port}`);
  const token = url.searchParams.get('continuation-token');
  if (token !== null) url.searchParams.set('marker', token);
  for (const name of ['list-type', 'continuation-token']) url.searchParams.delete(name);
  const { authorization = '', 'x-amz-date': date, 'x-amz-content-sha256': sha256 } = request.headers;
  const headers = { authorization, 'x-amz-date': String(date), 'x-amz-content-sha256': String(sha256) };
  const page = await fetch(url, { headers });
  const xml = await page.text();
  const last = [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].at(-1)?.[1];
  const more = xml.includes('<IsTruncated>true')
    ? `<NextContinuationToken>${last}</NextContinuationToken>`
    : '';
  answer(response, page.status, xml.replace('</ListBucketResult>', `${more}</ListBucketResult>`));
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Refuses what does not meet its condition, as Amazon does. */
function underCondition(fileOf: (key: string) => string, handle: Handler) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const key = decodeURIComponent(new URL(request.url ?? '', 'http://s3').pathname).slice(BUCKET.length + 2);
    const { 'if-match': match, 'if-none-match': noneMatch } = request.headers;
    const isWrite = request.method === 'PUT' || request.method === 'DELETE';
    if (!isWrite || (match ?? noneMatch) === undefined) return handle(request, response);
    const etag = await readFile(`${fileOf(key)}.md5`, 'utf8').catch(() => undefined);
    if (noneMatch === undefined ? match === `"${etag}"` : etag === undefined)
      return handle(request, response);
    request.resume();
    const code = etag === undefined ? 'NoSuchKey' : 'PreconditionFailed';
    answer(
      response,
      etag === undefined ? 404 : 412,
      `<Error><Code>${code}</Code><Message>condition</Message></Error>`,
    );
  };
}

/** One request after another, so that a condition and its write are one. */
function inTurn(handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Handler {
  let last = Promise.resolve();
  const after = async (former: Promise<void>, request: IncomingMessage, response: ServerResponse) => {
    await former;
    const finished = new Promise((resolve) => {
      response.once('close', resolve);
    });
    await handle(request, response);
    await finished;
  };
  return (request, response) => {
    const { 'if-match': match, 'if-none-match': noneMatch } = request.headers;
    const isAlone = (match ?? noneMatch) !== undefined && request.method !== 'GET';
    if (isAlone) last = after(last, request, response);
    else void handle(request, response);
  };
}

async function abortUpload(upload: string, response: ServerResponse): Promise<void> {
  await rm(upload, { recursive: true, force: true });
  response.writeHead(204).end();
}

async function listUploads(uploads: string, prefix: string, response: ServerResponse): Promise<void> {
  const ids = await readdir(uploads).catch(() => []);
  const listed = await Promise.all(
    ids.map(async (id) => {
      const key = await readFile(join(uploads, id, 'key'), 'utf8');
      const { birthtime } = await stat(join(uploads, id));
      if (!key.startsWith(prefix)) return '';
      return `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${birthtime.toISOString()}</Initiated></Upload>`;
    }),
  );
  answer(
    response,
    200,
    `<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>${listed.join('')}</ListMultipartUploadsResult>`,
  );
}

function answer(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(xml);
}

function listen(server: Server, wanted: number): Promise<number> {
  return new Promise((resolve) => {
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
    });
  });
}
