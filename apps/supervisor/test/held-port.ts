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
