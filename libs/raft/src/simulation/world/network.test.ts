import { beforeEach, describe, expect, test } from 'vitest';
import type { NodeId } from '../../core/entry.js';
import type { Message } from '../../core/message.js';
import { PROTOCOLS } from '../../transport/protocol.js';
import type { Received } from '../../transport/transport.js';
import { Journal } from '../journal.js';
import { Random } from '../time/random.js';
import { Timeline } from '../time/timeline.js';
import { Air } from './air.js';
import { calm, type Barrier } from './conditions.js';
import type { Host, Port } from './connection.js';
import { Network } from './network.js';

const request: Message = { type: 'read-request', term: 1, id: 7 };
const response: Message = { type: 'read-response', term: 1, id: 7, refusal: null, index: 3 };
const commands = [{ type: 'command', data: new Uint8Array(2) }] as const;
const write: Message = { type: 'propose-request', term: 1, id: 8, commands };
const never = () => false;

class FakeHost implements Host {
  readonly clusterId = 'cluster';
  isAwake = true;
  protocols = PROTOCOLS;
  readonly seen: string[] = [];

  constructor(
    readonly id: NodeId,
    readonly incarnation = `${id}.1`,
  ) {}

  received({ from, message }: Received): void {
    this.seen.push(`${message.type} from ${from}`);
  }

  disconnected(peer: NodeId): void {
    this.seen.push(`lost ${peer}`);
  }

  connectionChanged(peer: NodeId, connected: boolean): void {
    this.seen.push(`${connected ? 'reaches' : 'misses'} ${peer}`);
  }
}

let timeline: Timeline;
let air: Air;
let network: Network;
let journal: Journal;

function start(id: NodeId, peer: NodeId): { host: FakeHost; port: Port } {
  const host = new FakeHost(id);
  const port = network.open(host);
  network.setPeers(port, [{ id: peer, incarnation: `${peer}.1` }]);
  return { host, port };
}

async function pass(ms: number): Promise<void> {
  await timeline.runUntil(timeline.now + ms, never);
}

function create(conditions = calm): void {
  timeline = new Timeline();
  journal = new Journal(timeline, 1);
  air = new Air(conditions, timeline, new Random(2));
  network = new Network({
    air,
    checksIncarnation: true,
    timeline,
    random: new Random(1),
    journal,
  });
}

beforeEach(() => create());

describe('the simulated network', () => {
  test('carries requests on the connection that was dialled, and responses back on it', async () => {
    const a = start('a', 'b');
    const b = start('b', 'nobody');
    network.send(a.port, 'b', request);
    await pass(1000);
    expect(b.host.seen).toEqual([]);
    network.send(a.port, 'b', request);
    network.send(b.port, 'a', response);
    network.send(b.port, 'a', request);
    await pass(10);
    expect(b.host.seen).toEqual(['read-request from a']);
    expect(a.host.seen).toEqual(['reaches b', 'read-response from b']);
  });

  test('brings nothing from one life of a process to the next', async () => {
    const a = start('a', 'b');
    const b = start('b', 'nobody');
    await pass(1000);
    network.send(a.port, 'b', request);
    network.close(b.port);
    const next = start('b', 'nobody');
    await pass(10);
    expect(next.host.seen).toEqual([]);
    expect(a.host.seen).toEqual(['reaches b', 'misses b']);
    await pass(1000);
    expect(a.host.seen.at(-1)).toBe('reaches b');
  });

  test('tells a node that the connection with its peer’s requests closed', async () => {
    const a = start('a', 'b');
    const b = start('b', 'nobody');
    await pass(1000);
    network.close(a.port);
    await pass(10);
    expect(b.host.seen).toEqual(['lost a']);
  });

  test('turns away who looks for another incarnation', async () => {
    const a = start('a', 'b');
    network.open(new FakeHost('b', 'b.2'));
    await pass(5000);
    expect(a.host.seen).toEqual([]);
  });

  test.each([
    ['cut', []],
    ['clogged', ['read-request from a']],
  ] as const)('%s, a link brings afterwards: %j', async (mode, afterwards) => {
    const a = start('a', 'b');
    const b = start('b', 'nobody');
    await pass(1000);
    const barrier: Barrier = { mode, blocks: (from) => from === 'a' };
    air.raise(barrier);
    network.send(a.port, 'b', request);
    network.send(b.port, 'a', response);
    await pass(1000);
    expect(b.host.seen).toEqual([]);
    expect(a.host.seen.at(-1)).toBe('read-response from b');
    air.remove(barrier);
    await pass(1000);
    expect(b.host.seen).toEqual(afterwards);
  });

  test('may bring a message twice, but never a client’s write', async () => {
    create({ ...calm, duplicateChance: 1 });
    const a = start('a', 'b');
    const b = start('b', 'nobody');
    await pass(1000);
    network.send(a.port, 'b', request);
    network.send(a.port, 'b', write);
    await pass(10);
    expect([...b.host.seen].sort()).toEqual([
      'propose-request from a',
      'read-request from a',
      'read-request from a',
    ]);
  });

  test('healed, loses and doubles nothing any more', async () => {
    create({ ...calm, lossChance: 1, duplicateChance: 1 });
    const a = start('a', 'b');
    const b = start('b', 'nobody');
    air.heal();
    await pass(1000);
    network.send(a.port, 'b', request);
    await pass(10);
    expect(b.host.seen).toEqual(['read-request from a']);
  });

  test('reads what comes as a stream, and closes it where a byte has changed on the way', async () => {
    create({ ...calm, noiseChance: 0.3 });
    const a = start('a', 'b');
    const b = start('b', 'nobody');
    await pass(1000);
    for (let sent = 0; sent < 200; sent++) {
      network.send(a.port, 'b', request);
      await pass(2);
    }
    await pass(1000);
    expect(journal.violation).toBeNull();
    expect(journal.counts.framesGarbled).toBeGreaterThan(0);
    expect(journal.counts.streamsBroken).toBe(journal.counts.framesGarbled);
    expect(new Set(b.host.seen)).toEqual(new Set(['read-request from a', 'lost a']));
    expect(a.host.seen.filter((each) => each === 'misses b')).not.toEqual([]);
  });

  test('does not send what the other side is too old to read', async () => {
    const a = start('a', 'b');
    const b = start('b', 'nobody');
    b.host.protocols = { oldest: 1, newest: 1 };
    await pass(1000);
    const index = 1;
    network.send(b.port, 'a', {
      type: 'snapshot-response',
      term: 1,
      session: 1,
      index,
      received: 0,
      done: false,
    });
    network.send(a.port, 'b', request);
    await pass(10);
    expect(a.host.seen).toEqual(['reaches b']);
    expect(b.host.seen).toEqual(['read-request from a']);
  });
});
