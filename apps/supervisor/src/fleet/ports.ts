import { createServer } from 'node:net';
import { SupervisorError } from '../errors.js';

/** Everything here listens on this address only. */
export const loopback = '127.0.0.1';

export interface WantedPort {
  port: number;
  /** What it is for, in words: `HTTP of n2`. */
  purpose: string;
}

/**
 * Makes sure that every port can be had, all at once, before anything is started.
 * Throws a SupervisorError `port-in-use` (or `usage`) that names each one that cannot.
 */
export async function checkPorts(wanted: readonly WantedPort[]): Promise<void> {
  refuseDoubles(wanted);
  const troubles = (await Promise.all(wanted.map(troubleWith))).filter((line) => line !== null);
  if (troubles.length === 0) return;
  throw new SupervisorError(
    'port-in-use',
    [
      ...troubles,
      "Nothing was started. Stop what holds it ('lsof -i :PORT' or 'ss -ltnp' shows that), or take",
      'other ports with --port, --http-port and --raft-port.',
    ].join('\n'),
    true,
  );
}

/** Whether a port can be had now. */
export async function isFree(port: number): Promise<boolean> {
  return (await listenError(port)) === null;
}

function refuseDoubles(wanted: readonly WantedPort[]): void {
  const purposes = new Map<number, string>();
  for (const { port, purpose } of wanted) {
    if (port > 65535) {
      throw new SupervisorError(
        'usage',
        `There is no port ${port} (${purpose}): choose lower ones.`,
      );
    }
    const other = purposes.get(port);
    if (other !== undefined) {
      throw new SupervisorError(
        'usage',
        `Port ${port} is wanted twice, for ${other} and for ${purpose}: ` +
          'choose others with --port, --http-port or --raft-port.',
      );
    }
    purposes.set(port, purpose);
  }
}

async function troubleWith({ port, purpose }: WantedPort): Promise<string | null> {
  const error = await listenError(port);
  if (error === null) return null;
  if (error.code === 'EADDRINUSE') return `Port ${port} (${purpose}) is in use.`;
  if (error.code === 'EACCES') return `Port ${port} (${purpose}) may not be opened by this user.`;
  return `Port ${port} (${purpose}) cannot be opened: ${error.message}.`;
}

function listenError(port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ port, host: loopback, exclusive: true }, () => {
      server.close(() => {
        resolve(null);
      });
    });
  });
}
