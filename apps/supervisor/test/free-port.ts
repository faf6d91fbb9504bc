import { createServer, type AddressInfo, type Server } from 'node:net';

/** Holds a port (by default any free one) until it is closed. */
export function listen(wanted = 0): Promise<{ port: number; server: Server }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      resolve({ port: (server.address() as AddressInfo).port, server });
    });
  });
}

/** The first of `count` consecutive ports that were free a moment ago. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const { port, server } = await listen();
    const others = await Promise.all(
      Array.from({ length: count - 1 }, (_, n) => take(port + 1 + n)),
    );
    await Promise.all([server, ...others].map(release));
    if (port + count < 65_536 && others.every((other) => other !== null)) return port;
  }
}

function take(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(null);
    });
    server.listen(port, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

function release(server: Server | null): Promise<void> {
  return new Promise((resolve) => {
    if (server) server.close(() => resolve());
    else resolve();
  });
}
