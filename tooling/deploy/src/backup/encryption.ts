import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { NoIdentityMatches } from './no-identity-matches.ts';

/** A stage of a pipeline of bytes. */
type Stage = (chunks: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>;

/** Gives back what was encrypted. @throws {NoIdentityMatches} before the first byte. */
export type Decrypt = Stage;

export interface Encryption {
  readonly recipients: string[];
  readonly encrypt: Stage;
  /** The way back for this process alone: see {@link encryptTo}. */
  readonly decrypt: Decrypt;
}

/**
 * Encrypts to recipients in the format of age, which its standard tool decrypts. A further recipient is a key that lives
 * only in this process: it can restore what it has just encrypted, to rehearse it or to go back to it, on a machine that
 * has no identity.
 * @throws {Error} naming a recipient that is none.
 */
export async function encryptTo(recipients: string[]): Promise<Encryption> {
  const own = await generateX25519Identity();
  const encrypter = new Encrypter();
  for (const recipient of recipients) addRecipient(encrypter, recipient);
  encrypter.addRecipient(await identityToRecipient(own));
  return {
    recipients,
    async *encrypt(chunks) {
      yield* await encrypter.encrypt(streamOf(chunks));
    },
    decrypt: decryptWith([own]),
  };
}

/** Decrypts what was encrypted to one of the identities (`AGE-SECRET-KEY-…`). */
export function decryptWith(identities: readonly string[]): Decrypt {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  return async function* (chunks) {
    let opened: AsyncIterable<Uint8Array>;
    try {
      opened = await decrypter.decrypt(streamOf(chunks));
    } catch (error) {
      if (!(error instanceof Error && /no identity matched/i.test(error.message))) throw error;
      throw new NoIdentityMatches(error.message, { cause: error });
    }
    yield* opened;
  };
}

function addRecipient(encrypter: Encrypter, recipient: string): void {
  try {
    encrypter.addRecipient(recipient);
  } catch (error) {
    throw new Error(`"${recipient}" is no recipient of age.`, { cause: error });
  }
}

/** As `ReadableStream.from`, which the types of browsers do not have. */
function streamOf(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
