import type { FastifyBaseLogger } from 'fastify';
import { createTransport } from 'nodemailer';

/** A message of plain text to one person. */
export interface Mail {
  /** A bare address, without a name. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  /** Hands the mail over. Rejects when the server did not take it. */
  send(mail: Mail): Promise<void>;
}

export interface MailerOptions {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  readonly smtpUrl: string;
  /** The sender's address. */
  readonly from: string;
}

const WAIT_MS = 10_000;

/** Sends by SMTP. */
export function createMailer({ smtpUrl, from }: MailerOptions): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    connectionTimeout: WAIT_MS,
    greetingTimeout: WAIT_MS,
    socketTimeout: WAIT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ to, subject, text }) => {
      // As objects, so that nothing in an address can name a second one.
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text });
    },
  };
}

/** Writes mails, and so their links, to the log: for development only. */
export function createLogMailer(log: FastifyBaseLogger): Mailer {
  return {
    send: async (mail) => {
      log.info({ mail }, 'a mail that is not sent, because SMTP_URL is not set');
    },
  };
}

/** Refuses every mail, without a word of it in the log: for production without an SMTP server. */
export function createMissingMailer(): Mailer {
  return {
    send: async () => {
      throw new Error('SMTP_URL is not set: no mail can be sent');
    },
  };
}
