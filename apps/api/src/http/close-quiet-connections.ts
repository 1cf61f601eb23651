import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** How often connections on which nothing runs any more are closed while the server closes. */
const AGAIN_MS = 100;

/**
 * Watches the server's connections; calling the result closes those on which no request is being answered, and the
 * others as soon as theirs are. Node's own way spares connections that never sent a whole request.
 */
export function closeQuietConnections(server: Server): () => void {
  const running = new Map<Socket, number>();
  const change = (socket: Socket, by: number) => {
    const count = running.get(socket);
    if (count !== undefined) running.set(socket, count + by);
  };
  server.on('connection', (socket) => {
    running.set(socket, 0);
    socket.once('close', () => running.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    change(socket, 1);
    response.once('close', () => change(socket, -1));
  });
  return () => {
    const close = () => {
      for (const [socket, count] of running) if (count === 0) socket.destroy();
    };
    close();
    const timer = setInterval(close, AGAIN_MS);
    server.once('close', () => clearInterval(timer));
  };
}
