import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpLimits } from './http-limits.ts';
import { pagesLimit } from './rate-limits.ts';

export interface ConsoleRoutesOptions {
  /** What `vite build` wrote: `index.html`, `assets/` with hashed names, and a few files beside them. */
  readonly directory: string;
  readonly limits: HttpLimits;
}

/** Where the console's own router takes over. */
const PAGES = ['/', '/sign-in', '/w/*'];

/** Its own scripts, styles, fonts and calls, images that it made itself, and nothing from anywhere else. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Nothing of a phone or computer that the console has no use for. */
const permissions = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb'];

/** Encodings of the files beside them, made by the build. */
const COMPRESSED = /\.(?:br|gz)$/;

/**
 * The pages of the console, from the origin that they call: `/assets/*` may be kept for ever, everything else is asked
 * for anew each time. What is unknown stays the failure that it is everywhere.
 */
export async function consoleRoutes(
  server: FastifyInstance,
  { directory, limits }: ConsoleRoutesOptions,
): Promise<void> {
  const config = { rateLimit: pagesLimit(limits) };
  server.addHook('onSend', async (_request, reply) => {
    // Not even a failure is kept that the next deployment may mend.
    if (reply.statusCode >= 400) reply.header('cache-control', 'no-store');
  });
  await server.register(fastifyStatic, {
    root: join(directory, 'assets'),
    prefix: '/assets/',
    index: false,
    dotfiles: 'ignore',
    immutable: true,
    maxAge: '1y',
    preCompressed: true,
  });
  const index = join(directory, 'index.html');
  for (const url of PAGES) server.get(url, { config }, (request, reply) => sendPage(request, reply, index));
  for (const name of await filesBeside(directory)) {
    server.get(`/${name}`, { config }, (_request, reply) =>
      reply.sendFile(name, directory, { immutable: false, maxAge: 0 }),
    );
  }
}

async function sendPage(request: FastifyRequest, reply: FastifyReply, path: string): Promise<FastifyReply> {
  const page = await readFile(path);
  // By content: two builds may agree in size and, where dates are levelled, in date.
  const etag = `"${createHash('sha256').update(page).digest('base64url')}"`;
  reply.headers({
    'cache-control': 'no-cache',
    'content-security-policy': policy,
    'permissions-policy': permissions.map((feature) => `${feature}=()`).join(', '),
    etag,
  });
  if (request.headers['if-none-match']?.includes(etag)) return await reply.status(304).send();
  return await reply.type('text/html; charset=utf-8').send(page);
}

/** Icons, a manifest and the like. */
async function filesBeside(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== 'index.html' && !COMPRESSED.test(entry.name))
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('.'));
}
