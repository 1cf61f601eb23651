import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasAge } from '../../test/support/has-age.ts';
import { decryptWith, encryptTo } from './encryption.ts';
import { NoIdentityMatches } from './no-identity-matches.ts';
import { readIdentities } from './read-identities.ts';

const KIB = 1024;

const through = (stage: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>, bytes: Buffer) => {
  const chunks = Array.from({ length: Math.ceil(bytes.length / 100_000) }, (_, n) =>
    bytes.subarray(n * 100_000, (n + 1) * 100_000),
  );
  return buffer(Readable.from(stage(Readable.from(chunks)), { objectMode: false }));
};

describe('encryption', () => {
  let directory: string;
  let identity: string;
  let recipient: string;
  let other: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'apms-age-'));
    identity = await generateX25519Identity();
    other = await generateX25519Identity();
    recipient = await identityToRecipient(identity);
  });

  afterAll(() => rm(directory, { recursive: true, force: true }));

  test.each([0, 1, 64 * KIB, 64 * KIB + 1, 3_000 * KIB])(
    'of %i bytes comes back, for every recipient',
    async (size) => {
      const bytes = randomBytes(size);
      const { encrypt, decrypt } = await encryptTo([recipient, await identityToRecipient(other)]);
      const encrypted = await through(encrypt, bytes);
      expect(size > 16 && encrypted.includes(bytes.subarray(0, 16))).toBe(false);
      for (const way of [decrypt, decryptWith([identity]), decryptWith([other])])
        expect((await through(way, encrypted)).equals(bytes)).toBe(true);
    },
  );

  test('is opened by nobody else, and refused when a bit was changed', async () => {
    const { encrypt } = await encryptTo([recipient]);
    const encrypted = await through(encrypt, randomBytes(200 * KIB));
    await expect(through(decryptWith([other]), encrypted)).rejects.toThrow(NoIdentityMatches);
    encrypted.writeUInt8((encrypted[100_000] ?? 0) ^ 1, 100_000);
    await expect(through(decryptWith([identity]), encrypted)).rejects.toThrow('invalid tag');
  });

  test.skipIf(!hasAge())('is in the format of the standard tool, both ways', async () => {
    const bytes = randomBytes(300 * KIB);
    const key = join(directory, 'identity');
    await writeFile(key, `# a comment\n${identity}\n`);
    const file = join(directory, 'file.age');
    const { encrypt } = await encryptTo([recipient]);
    await writeFile(file, await through(encrypt, bytes));
    expect(execFileSync('age', ['--decrypt', '--identity', key, file]).equals(bytes)).toBe(true);
    const theirs = execFileSync('age', ['--encrypt', '--recipient', recipient], { input: bytes });
    expect((await through(decryptWith([identity]), theirs)).equals(bytes)).toBe(true);
  });

  test('names a recipient that is none', async () => {
    await expect(encryptTo(['age1qqqq'])).rejects.toThrow('"age1qqqq" is no recipient of age.');
  });
});

describe('identities', () => {
  const sealed = { backup: '2026', encryptedTo: ['age1abc'] };
  const read = async (variables: { file?: string; content?: string }) => {
    vi.stubEnv('DEPLOY_AGE_IDENTITY_FILE', variables.file);
    vi.stubEnv('DEPLOY_AGE_IDENTITY', variables.content);
    try {
      return await readIdentities(sealed);
    } finally {
      vi.unstubAllEnvs();
    }
  };

  test('are read as age-keygen writes them', async () => {
    const content =
      '# created: 2026-11-22\n# public key: age1abc\nAGE-SECRET-KEY-1QQQ\n\nAGE-SECRET-KEY-1PPP\n';
    expect(await read({ content })).toEqual({
      identities: ['AGE-SECRET-KEY-1QQQ', 'AGE-SECRET-KEY-1PPP'],
      source: 'DEPLOY_AGE_IDENTITY',
    });
  });

  test.each<[string, { file?: string; content?: string }, string, RegExp]>([
    ['none', {}, 'missing', /no identity was given/],
    ['a file that is not there', { file: '/nowhere/identity' }, 'unreadable', /ENOENT/],
    ['a recipient instead', { content: 'age1abc' }, 'unreadable', /^line 1 is no identity of age$/],
    ['an empty one', { content: '# nothing\n' }, 'unreadable', /holds no identity/],
    [
      'a lower-case one',
      { content: 'age-secret-key-1secret' },
      'unreadable',
      /^line 1 is no identity of age$/,
    ],
  ])('%s: said without showing any of it', async (_, variables, reason, problem) => {
    await expect(read(variables)).rejects.toMatchObject({
      failure: { code: 'IDENTITY_UNUSABLE', ...sealed, reason, problem: expect.stringMatching(problem) },
    });
  });
});
