import { connect } from 'node:net';

export interface RawAnswer {
  /** Null when the connection was closed without an answer. */
  readonly status: number | null;
  readonly body: string;
}

/** Writes bytes to the server as they are, and gives what comes back until the first answer is there or it closes. */
export function sendRaw(url: string, bytes: string | Buffer): Promise<RawAnswer> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    const finish = () => {
      socket.destroy();
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      const start = text.indexOf('\r\n\r\n');
      resolve({
        status: status === undefined ? null : Number(status),
        body: start === -1 ? '' : text.slice(start + 4),
      });
    };
    socket.on('data', (chunk) => {
      text += chunk.toString();
      const length = /^content-length: (\d+)/im.exec(text)?.[1];
      const start = text.indexOf('\r\n\r\n');
      if (length !== undefined && start !== -1 && Buffer.byteLength(text.slice(start + 4)) >= Number(length))
        finish();
    });
    socket.on('close', finish);
    // A server that has answered may refuse the rest of what is sent.
    socket.on('error', () => undefined);
    socket.write(bytes);
  });
}
