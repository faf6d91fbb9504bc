import { createServer } from 'node:net';
import { once } from 'node:events';
import { RaftError, StorageError } from '@quorate/raft';
import { expect, it } from 'vitest';
import { readConfig } from './config/config.js';
import { describeStartFailure } from './start-failure.js';

/** The very error that the system gives. */
async function listenError(port: number, host: string): Promise<Error> {
  const [error] = (await once(createServer().listen(port, host), 'error')) as [Error];
  return error;
}

it('names the port in use and its variable', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const error = await listenError(port, '127.0.0.1');
  server.close();

  const http = readConfig({ HTTP_SERVER_PORT: String(port) }, false);
  expect(describeStartFailure(error, http)).toMatch(
    new RegExp(`^HTTP_SERVER_PORT=${port}: port ${port} of 127.0.0.1 is in use`),
  );
  const raft = readConfig({ RAFT_SERVER_PORT: String(port) }, false);
  const wrapped = new RaftError('invalid-argument', 'cannot listen', {
    outcome: 'not-applied',
    retryable: false,
    cause: error,
  });
  expect(describeStartFailure(wrapped, raft)).toContain(`RAFT_SERVER_PORT=${port}`);
});

it('names the host that is no address of this machine', async () => {
  const error = await listenError(8000, '192.0.2.1');
  const config = readConfig({ HTTP_HOST: '192.0.2.1' }, false);
  expect(describeStartFailure(error, config)).toContain("HTTP_HOST='192.0.2.1'");
});

it('names the volume', () => {
  const config = readConfig({ RAFT_VOLUME_DIR: '/data/n1' }, false);
  const error = new StorageError('in-use', 'another process holds the lock file.');
  expect(describeStartFailure(error, config)).toBe(
    "RAFT_VOLUME_DIR='/data/n1': another process holds the lock file.",
  );
});
