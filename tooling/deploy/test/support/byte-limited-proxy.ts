import { connect, createServer, type Socket } from 'node:net';

export interface ByteLimitedProxy {
  port: number;
  /** How many connections were cut so far. */
  cuts(): number;
  remove(): Promise<void>;
}

/** Passes connections to a port of this machine through, and cuts each of the first ones once so much was answered. */
export async function startByteLimitedProxy(
  to: number,
  { bytes, connections }: { bytes: number; connections: number },
): Promise<ByteLimitedProxy> {
  const sockets = new Set<Socket>();
  let cuts = 0;
  const server = createServer((client) => {
    const upstream = connect(to, '127.0.0.1');
    let answered = 0;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.pipe(upstream);
    upstream.on('end', () => client.end());
    upstream.on('data', (data) => {
      answered += data.length;
      if (answered <= bytes || cuts >= connections) return void client.write(data);
      cuts += 1;
      client.destroy();
      upstream.destroy();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    port: address.port,
    cuts: () => cuts,
    async remove() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
