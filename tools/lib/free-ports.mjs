import { createServer } from 'node:net';

/**
 * Below the ports that the system itself hands out to connections: one of those may be gone before a
 * test listens on it, and a client that dials one where nobody listens yet may reach itself. And above
 * the last one that `fetch` and browsers refuse to talk to, 10080.
 */
const range = { from: 10_081, to: 32_000 };

/** Each process begins elsewhere, and none gives a port again before it has gone round. */
let next = range.from + ((process.pid * 997) % (range.to - range.from));

/** The first of `count` neighbouring ports that nobody holds. */
export async function freePorts(count) {
  for (;;) {
    if (next + count > range.to) next = range.from;
    const first = next;
    next += count;
    const ports = Array.from({ length: count }, (_, i) => first + i);
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return first;
  }
}

function isFree(port) {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
