import { connect, createServer, type Socket } from 'node:net';

/** Where the proxy cuts the session that migrates. */
export type Cut =
  /** The commit never reaches the server. */
  | 'before the commit'
  /** The commit reaches the server, its answer not the client. */
  | 'after the commit'
  /** The client is gone while the server still executes what it was sent, and does not know. */
  | 'during the migration'
  /** The session that verifies what was committed, once. */
  | 'during the verification';

export interface CuttingProxy {
  /** The URL that leads through the proxy. */
  url: string;
  remove(): Promise<void>;
}

/** Longer than a commit takes. */
const COMMIT_MS = 500;
/** Longer than the server takes to begin with what it was sent. */
const BEGIN_MS = 200;

/** Passes a server's sessions through, and cuts once that of a migration whose SQL holds `mark`, as a network does. */
export async function startCuttingProxy(target: string, cut: Cut, mark: string): Promise<CuttingProxy> {
  const { hostname, port, pathname } = new URL(target);
  const database = `database\0${pathname.slice(1)}\0`;
  const sockets = new Set<Socket>();
  let isCut = false;
  let isCommitted = false;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let isTarget = false;
    let migrates = false;
    const sever = (...ends: Socket[]) => {
      isCut = true;
      for (const end of ends) end.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    upstream.on('data', (data) => void (client.destroyed || client.write(data)));
    upstream.on('end', () => client.end());
    // The server is not told of a client that a network lost.
    client.on('end', () => upstream.end());
    client.on('data', (data) => {
      isTarget ||= data.includes(database);
      migrates ||= isTarget && data.includes(mark);
      const commits = migrates && data.includes('commit\0');
      const verifies = isCommitted && isTarget && data.includes('begin\0');
      if (!isCut && verifies && cut === 'during the verification') sever(client, upstream);
      else if (isCut || !migrates) upstream.write(data);
      else if (commits && cut === 'before the commit') sever(client, upstream);
      else {
        upstream.write(data);
        isCommitted ||= commits;
        if (commits && cut === 'after the commit') {
          upstream.removeAllListeners('data').resume();
          setTimeout(sever, COMMIT_MS, client, upstream);
        }
        if (data.includes(mark) && cut === 'during the migration') setTimeout(sever, BEGIN_MS, client);
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = new URL(target);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  url.port = String(address.port);
  return {
    url: url.href,
    async remove() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
