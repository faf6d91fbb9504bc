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
    ['RAFT_PRIORITY', '11'],
    ['RAFT_LEASE_READS', 'true'],
    ['RAFT_SNAPSHOT_ENTRIES', '0'],
    ['RAFT_TRAILING_ENTRIES', 'all'],
    ['RAFT_AUTOPILOT', 'maybe'],
    ['RAFT_AUTOPILOT_DEAD_AFTER_MS', '1h'],
    ['RAFT_AUTOPILOT_MIN_VOTERS', '0'],
    ['RAFT_TLS_CA_FILE', ''],
    ['QUORATE_CHAOS', 'yes'],
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

  it('leaves out what is dangerous or costs something, until it is asked for', () => {
    expect(read({})).toMatchObject({ autopilot: null, tls: null, leaseReads: false, chaos: false });
  });

  it('reads what autopilot may do', () => {
    const env = { RAFT_AUTOPILOT: 'dry-run', RAFT_AUTOPILOT_DEAD_AFTER_MS: '60000' };
    expect(read(env).autopilot).toEqual({ removeDeadAfterMs: 60_000, dryRun: true });
    const on = { ...env, RAFT_AUTOPILOT: 'on', RAFT_AUTOPILOT_MIN_VOTERS: '5' };
    expect(read(on).autopilot).toMatchObject({ dryRun: false, minVoters: 5 });
  });

  it('takes nobody for dead who may still be waiting for a leader', () => {
    const env = { RAFT_AUTOPILOT_DEAD_AFTER_MS: '999' };
    expect(faultOf({ ...env, RAFT_AUTOPILOT: 'on' })).toContain('at least the longest wait');
    expect(read(env).autopilot).toBeNull();
  });

  it('wants all three files of TLS, or none', () => {
    const files = { RAFT_TLS_CERT_FILE: 'n1.pem', RAFT_TLS_KEY_FILE: 'n1.key' };
    expect(faultOf(files)).toContain('set RAFT_TLS_CA_FILE too');
    const tls = { cert: 'n1.pem', key: 'n1.key', ca: 'ca.pem' };
    expect(read({ ...files, RAFT_TLS_CA_FILE: 'ca.pem' }).tls).toEqual(tls);
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
  expect(help()).toMatch(/RAFT_LEASE_READS .*off/);
  expect(help()).toMatch(/RAFT_AUTOPILOT .*off/);
  expect(help()).toMatch(/QUORATE_ALLOWED_HOSTS /);
});
