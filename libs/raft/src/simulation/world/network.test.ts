import { beforeEach, describe, expect, test } from 'vitest';
import type { NodeId } from '../../core/entry.js';
import type { Message } from '../../core/message.js';
import type { Received } from '../../transport/transport.js';
import { Journal } from '../journal.js';
import { Random } from '../time/random.js';
import { Timeline } from '../time/timeline.js';
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
let network: Network;

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
  network = new Network({
    conditions,
    checksIncarnation: true,
    timeline,
    random: new Random(1),
    journal: new Journal(timeline, 1),
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
    network.raise(barrier);
    network.send(a.port, 'b', request);
    network.send(b.port, 'a', response);
    await pass(1000);
    expect(b.host.seen).toEqual([]);
    expect(a.host.seen.at(-1)).toBe('read-response from b');
    network.remove(barrier);
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
    network.heal();
    await pass(1000);
    network.send(a.port, 'b', request);
    await pass(10);
    expect(b.host.seen).toEqual(['read-request from a']);
  });
});
