import { describe, expect, it } from 'vitest';
import { addressOf } from './address.js';
import { ConfigError, readConfig } from './config.js';
import { help } from './help.js';

const read = (env: NodeJS.ProcessEnv) => readConfig(env, false);

function faultOf(env: NodeJS.ProcessEnv): string {
  try {
    read(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error('the configuration was accepted');
}

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(read({})).toMatchObject({
      id: 'n1',
      http: { host: '127.0.0.1', port: 8000, advertise: '127.0.0.1' },
      raft: { host: '127.0.0.1', port: 9000, advertise: '127.0.0.1' },
      volumeDir: '.quorate/n1',
      bootstrap: false,
      timing: { heartbeatMs: 100, electionMs: [500, 1000] },
      allowedOrigins: [],
      log: { level: 'info', format: 'json' },
    });
  });

  it('takes the four variables of the three terminals', () => {
    const config = read({
      HTTP_SERVER_PORT: '8001',
      RAFT_SERVER_PORT: '9001',
      RAFT_NODE_ID: 'n2',
      RAFT_VOLUME_DIR: '/tmp/node2',
    });
    expect(config).toMatchObject({ id: 'n2', http: { port: 8001 }, raft: { port: 9001 } });
    expect(config.volumeDir).toBe('/tmp/node2');
  });

  it('writes readable lines on a terminal, and what it is told anywhere', () => {
    expect(readConfig({}, true).log.format).toBe('pretty');
    expect(readConfig({ LOG_FORMAT: 'json' }, true).log.format).toBe('json');
  });

  it.each([
    ['HTTP_SERVER_PORT', 'http'],
    ['HTTP_SERVER_PORT', '0'],
    ['HTTP_SERVER_PORT', '65536'],
    ['HTTP_SERVER_PORT', '-1'],
    ['RAFT_SERVER_PORT', ''],
    ['RAFT_SERVER_PORT', '80.5'],
    ['RAFT_NODE_ID', ''],
    ['RAFT_NODE_ID', 'n 1'],
    ['RAFT_NODE_ID', 'n'.repeat(64)],
    ['RAFT_NODE_ID', '..'],
    ['RAFT_VOLUME_DIR', ''],
    ['RAFT_BOOTSTRAP', 'yes'],
    ['RAFT_ELECTION_MS', '500'],
    ['RAFT_ELECTION_MS', '1000-500'],
    ['RAFT_ELECTION_MS', '50-100'],
    ['RAFT_HEARTBEAT_MS', '0'],
    ['HTTP_HOST', 'a b'],
    ['HTTP_HOST', '0.0.0.0'],
    ['QUORATE_ALLOWED_ORIGINS', 'localhost:8080'],
    ['QUORATE_ALLOWED_ORIGINS', 'http://localhost:8080/'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_FORMAT', 'xml'],
  ])("names %s when it is '%s'", (name, value) => {
    expect(faultOf({ [name]: value })).toContain(name);
  });

  it('names every variable that is wrong at once', () => {
    const fault = faultOf({ HTTP_SERVER_PORT: 'x', RAFT_NODE_ID: '/' });
    expect(fault.split('\n')).toHaveLength(2);
  });

  it('refuses one port for both servers', () => {
    expect(faultOf({ HTTP_SERVER_PORT: '9000' })).toContain('are both 9000');
  });

  it('reads lists', () => {
    const config = read({
      QUORATE_ALLOWED_ORIGINS: 'http://localhost:8080, http://127.0.0.1:8080',
    });
    expect(config.allowedOrigins).toEqual(['http://localhost:8080', 'http://127.0.0.1:8080']);
  });
});

it('writes an IPv6 address in brackets', () => {
  expect(addressOf('::1', 9000)).toBe('[::1]:9000');
  expect(addressOf('node1', 9000)).toBe('node1:9000');
});

it('lists every variable and its default in the help', () => {
  expect(help()).toMatch(/HTTP_SERVER_PORT .*8000/);
  expect(help()).toMatch(/RAFT_ELECTION_MS .*500-1000/);
  expect(help()).toMatch(/QUORATE_ALLOWED_HOSTS /);
});
