import { describe, test } from 'vitest';
import type { NewTransport } from '../testing/transport-suite.js';
import { transportSuite } from '../testing/transport-suite.js';
import { faultyTransport } from './faults/faulty-transport.js';
import { memoryNetwork } from './memory-transport.js';
import { tcpTransport } from './tcp-transport.js';
import type { TcpTransportOptions } from './tcp-transport.js';
import { Authority } from './test/certificates.js';

const network = memoryNetwork();
let lastAddress = 0;

const memory: NewTransport = (_nodeId, address) =>
  network.transport(address ?? `host${++lastAddress}:9000`);

function tcp(address: string | undefined, options: Partial<TcpTransportOptions> = {}) {
  const port = Number(address?.split(':')[1] ?? 0);
  return tcpTransport({ listen: { host: '127.0.0.1', port }, ...options });
}

const authority = await Authority.create('cluster');
const certificates = {
  n1: await authority.issue('n1'),
  n2: await authority.issue('n2'),
  n3: await authority.issue('n3'),
};

const kinds: Record<string, NewTransport> = {
  memory,
  TCP: (_nodeId, address) => tcp(address),
  'TCP of protocol 1': (_nodeId, address) => tcp(address, { protocol: { newest: 1 } }),
  'TCP of two versions': (nodeId, address) =>
    tcp(address, { protocol: { newest: nodeId === 'n1' ? 1 : 2 } }),
  TLS: (nodeId, address) =>
    tcp(address, { tls: certificates[nodeId as keyof typeof certificates] }),
  'faulty, without a fault,': (nodeId, address) => faultyTransport(memory(nodeId, address)),
};

describe.each(Object.entries(kinds))('a %s transport', (_kind, make) => {
  for (const promise of transportSuite) test(promise.name, () => promise.run(make));
});
