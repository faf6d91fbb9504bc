import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Message } from '../core/message.js';
import { memoryNetwork } from './memory-transport.js';
import type { Transport } from './transport.js';

const network = memoryNetwork();
const messages: number[] = [];
const connected = vi.fn();
const disconnected = vi.fn();
let n1: Transport;
let n2: Transport;

const heartbeat = (commit: number): Message => ({
  type: 'heartbeat',
  term: 1,
  session: 1,
  commit,
  readPosition: 0,
  sentAt: 0,
  echo: 0,
  known: 0,
  quorumAgeMs: 0,
});

const eventually = (holds: () => void) => vi.waitFor(holds, { timeout: 5000, interval: 5 });

async function start(nodeId: string, address = nodeId): Promise<Transport> {
  const transport = network.transport(address);
  await transport.listen({
    identity: () => ({ nodeId, incarnation: nodeId, clusterId: 'c1', attributes: {} }),
    received: ({ message }) => {
      if (message.type === 'heartbeat') messages.push(message.commit);
    },
    disconnected,
    refused: vi.fn(),
    peerState: (_peer, state) => {
      connected(state.connected);
    },
  });
  return transport;
}

beforeEach(async () => {
  messages.length = 0;
  connected.mockClear();
  disconnected.mockClear();
  [n1, n2] = [await start('n1'), await start('n2')];
});

afterEach(async () => {
  network.heal();
  await Promise.all([n1.close(), n2.close()]);
});

const peer = { id: 'n2', address: 'n2', incarnation: 'n2' };

test('a cut loses what is sent and what is on its way, until it is healed', async () => {
  n1.setPeers([peer]);
  await eventually(() => expect(connected).toHaveBeenLastCalledWith(true));
  n1.send('n2', heartbeat(1));
  network.cut('n2', 'n1');
  n1.send('n2', heartbeat(2));
  await expect(n1.probe('n2')).rejects.toMatchObject({ code: 'peer-unreachable' });
  network.heal();
  n1.send('n2', heartbeat(3));
  await eventually(() => expect(messages).toEqual([3]));
  expect(connected).toHaveBeenCalledTimes(1);
});

test('nobody connects across a cut before it is healed', async () => {
  network.cut('n1', 'n2');
  n1.setPeers([peer]);
  await eventually(() => expect(connected).toHaveBeenLastCalledWith(false));
  network.heal();
  await eventually(() => expect(connected).toHaveBeenLastCalledWith(true));
});

test('a flood is cut off, and does not grow for ever', async () => {
  n1.setPeers([peer]);
  await eventually(() => expect(connected).toHaveBeenLastCalledWith(true));
  for (let commit = 0; commit < 100_000; commit++) n1.send('n2', heartbeat(commit));
  await eventually(() => expect(messages.length).toBeGreaterThan(0));
  expect(messages).toHaveLength(65_536);
});

test('a peer that has already dialled again is not told as disconnected', async () => {
  const target = { id: 'n1', address: 'n1', incarnation: 'n1' };
  n2.setPeers([target]);
  await eventually(() => expect(connected).toHaveBeenLastCalledWith(true));
  const again = await start('n2', 'elsewhere');
  again.setPeers([target]);
  n2.setPeers([]);
  await eventually(() => expect(connected).toHaveBeenCalledTimes(2));
  await again.close();
  await eventually(() => expect(disconnected).toHaveBeenCalledTimes(1));
});
