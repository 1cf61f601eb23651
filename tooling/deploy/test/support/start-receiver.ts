import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A server on this machine that others post to. */
export interface Receiver {
  url: string;
  /** What it was sent, in order. */
  bodies: string[];
  close(): void;
}

/** Starts one that keeps what it is sent; `answer` is told the body, and how many there have been by then. */
export async function startReceiver(
  answer: (response: ServerResponse, body: string, count: number) => void,
): Promise<Receiver> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const receive = async () => {
      const body = await text(request);
      bodies.push(body);
      answer(response, body, bodies.length);
    };
    // A client that was cut off, or an answer that throws: the client is told by a closed connection.
    void receive().catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    bodies,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
