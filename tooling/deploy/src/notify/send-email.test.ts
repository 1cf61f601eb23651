import { once } from 'node:events';
import { createServer } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../test/support/example-reports.ts';
import { explain } from '../explain.ts';
import { toFailure } from '../failure.ts';
import { composeDocument } from '../report/compose-document.ts';
import { sendEmail } from './send-email.ts';

const REPORT = EXAMPLES['rollback-failed'];
const NOTIFICATION = { report: REPORT, document: composeDocument(REPORT), readAt: 'here:/there' };
const SETTINGS = {
  smtpUrlVariable: 'MAIL_URL',
  from: 'deploy@apms.example',
  to: ['rita@apms.example', 'omar@apms.example'],
};
const PASSWORD = 'sesame-4711';

let close = () => {};
afterEach(() => close());

async function startServer(options: SMTPServerOptions = {}) {
  const mails: { to: string[]; raw: string }[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    onAuth: ({ password }, _session, done) =>
      password === PASSWORD ? done(null, { user: 'deploy' }) : done(new Error('wrong password')),
    async onData(stream, session, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      mails.push({
        to: session.envelope.rcptTo.map(({ address }) => address),
        raw: Buffer.concat(chunks).toString(),
      });
      done();
    },
    ...options,
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  close = () => server.close();
  const address = listening.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, mails };
}

async function problemOf(port: number, password = PASSWORD): Promise<string | undefined> {
  try {
    const url = `smtp://deploy:${password}@127.0.0.1:${port}`;
    await sendEmail(url, SETTINGS, NOTIFICATION, { timeoutMs: 300, pauseMs: 10 });
    return undefined;
  } catch (error) {
    return explain(toFailure(error));
  }
}

/** The parts of a mail by their type, decoded. */
function partsOf(raw: string): Map<string, string> {
  const parts = raw.split(/\r?\n--[^\r\n]+\r?\n/).flatMap((part) => {
    const [head = '', ...body] = part.split('\r\n\r\n');
    const type = /^content-type: ([\w/]+)/im.exec(head)?.[1];
    if (type === undefined || type.startsWith('multipart')) return [];
    const text = body.join('\r\n\r\n');
    const decoded = /base64/i.test(head)
      ? Buffer.from(text, 'base64').toString()
      : Buffer.from(
          text
            .replaceAll(/=\r?\n/g, '')
            .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
          'latin1',
        ).toString();
    const kind = /attachment/i.test(head) ? 'attachment' : type;
    return [[kind, decoded] as const];
  });
  return new Map(parts);
}

describe('sendEmail', () => {
  it('mails verdict, next step and report to everybody, an emergency as urgent', async () => {
    const { port, mails } = await startServer();
    expect(await problemOf(port)).toBeUndefined();
    const [mail] = mails;
    expect(mails).toHaveLength(1);
    expect(mail?.to).toEqual(SETTINGS.to);
    expect(mail?.raw).toMatch(/^Subject: ROLLBACK FAILED: production\r$/m);
    expect(mail?.raw).toMatch(/^Importance: High\r$/m);
    const parts = partsOf(mail?.raw ?? '');
    for (const type of ['text/plain', 'text/html']) {
      expect(parts.get(type)).toContain('production is neither proven to be on the new schema');
      expect(parts.get(type)).toContain('pnpm deploy:rollback --env production --to 20261128T021004Z-0a1b2c');
      expect(parts.get(type)).toContain('here:/there');
    }
    expect(parts.get('attachment')).toMatch(/^<!doctype html>[\s\S]*<\/html>\s*$/);
  });

  it('is not sent with a wrong password, which is not told', async () => {
    const { port, mails } = await startServer();
    const told = await problemOf(port, 'hunter2-and-more');
    expect(told).toMatch(/^The email of MAIL_URL was not sent: the server says: 535 /);
    expect(told).not.toContain('hunter2-and-more');
    expect(mails).toEqual([]);
  });

  it('is tried once more when the server says "later"', async () => {
    let asked = 0;
    const later = Object.assign(new Error('try later'), { responseCode: 451 });
    const { port, mails } = await startServer({
      onMailFrom: (_address, _session, done) => {
        asked += 1;
        done(asked === 1 ? later : null);
      },
    });
    expect(await problemOf(port)).toBeUndefined();
    expect(mails).toHaveLength(1);
  });

  it('is given up where a receiver is refused', async () => {
    let asked = 0;
    const { port } = await startServer({
      onRcptTo: (_address, _session, done) => {
        asked += 1;
        done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
      },
    });
    expect(await problemOf(port)).toContain('550 no such mailbox');
    expect(asked).toBe(SETTINGS.to.length);
  });

  it('is given up where nobody listens, or somebody who says nothing', async () => {
    expect(await problemOf(1)).toMatch(/it could not be sent \(E\w+\)/);
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    close = () => void silent.close();
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await problemOf(port)).toMatch(/it could not be sent \(ETIMEDOUT\)/);
  });
});
