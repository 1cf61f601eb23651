import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface LosingProxy {
  port: number;
  /** Whoever connects here makes the proxy lose every connection of its clients; the server is not told of it. */
  cutPort: number;
  close(): Promise<void>;
}

/** Passes connections through to a server until they are lost. */
export async function startLosingProxy(serverPort: number): Promise<LosingProxy> {
  const clients = new Set<Socket>();
  const upstreams = new Set<Socket>();
  const proxy = createServer((client) => {
    const upstream = connect(serverPort, '127.0.0.1');
    clients.add(client);
    upstreams.add(upstream);
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
    client.pipe(upstream, { end: false });
    upstream.on('data', (data) => void (client.destroyed || client.write(data)));
    upstream.on('close', () => {
      client.destroy();
      upstreams.delete(upstream);
    });
    client.on('end', () => upstream.end());
    client.on('close', () => clients.delete(client));
  });
  const cutter = createServer((socket) => {
    for (const client of clients) client.destroy();
    socket.destroy();
  });
  const ports = await Promise.all([proxy, cutter].map(listen));
  return {
    port: ports[0] ?? 0,
    cutPort: ports[1] ?? 0,
    async close() {
      for (const socket of [...clients, ...upstreams]) socket.destroy();
      await Promise.all([proxy, cutter].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return address === null || typeof address === 'string' ? 0 : address.port;
}
