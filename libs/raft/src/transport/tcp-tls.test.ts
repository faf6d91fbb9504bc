import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseAddress } from './address.js';
import { frameOf } from './frame.js';
import { tcpTransport } from './tcp-transport.js';
import { Authority, expired } from './test/certificates.js';
import { closed, closers, dial, eventually, n2, recorder, startN1 } from './test/wire.js';
import type { TcpTls } from './tls/tls-identity.js';

let authority: Authority;
let foreign: Authority;
let ofN1: TcpTls;

beforeAll(async () => {
  [authority, foreign] = [await Authority.create('cluster'), await Authority.create('foreign')];
  ofN1 = await authority.issue('n1');
});

/** A node n2 with this certificate; without one it speaks plain. */
async function startN2(tls: TcpTls | undefined) {
  const options = tls === undefined ? {} : { tls };
  const node = tcpTransport({ listen: { host: '127.0.0.1', port: 0 }, ...options });
  closers.push(() => node.close());
  const told = { ...recorder(), identity: () => n2 };
  const address = await node.listen(told);
  return { node, told, address };
}

/** n2 dials n1, and n1 dials n2. */
async function meet(tls: { n1: TcpTls | undefined; n2: TcpTls | undefined }) {
  const n1 = await startN1({}, tls.n1 === undefined ? {} : { tls: tls.n1 });
  const n2 = await startN2(tls.n2);
  n2.node.setPeers([{ id: 'n1', address: n1.address, incarnation: 'a' }]);
  n1.node.setPeers([{ id: 'n2', address: n2.address, incarnation: 'b' }]);
  return { n1, n2 };
}

const up = { connected: true, error: null, protocol: 3 };
const downWith = (error: RegExp) => ({
  connected: false,
  protocol: null,
  error: expect.stringMatching(error) as string,
});

describe('with TLS', () => {
  const trusted: [string, () => Promise<TcpTls>][] = [
    ['is named by its certificate', () => authority.issue('n2')],
    ['is one of several names', () => authority.issue('host-2', { dns: ['host-2', 'n2'] })],
    ['is the CN of a certificate without DNS names', () => authority.issue('n2', { dns: [] })],
  ];
  test.each(trusted)('a node that %s is a peer, both ways', async (_what, issue) => {
    const { n1, n2 } = await meet({ n1: ofN1, n2: await issue() });
    await eventually(() => {
      expect(n1.told.peerState).toHaveBeenLastCalledWith('n2', up);
      expect(n2.told.peerState).toHaveBeenLastCalledWith('n1', up);
    });
    expect([n1.told.refused, n2.told.refused].map(({ mock }) => mock.calls)).toEqual([[], []]);
  });

  const distrusted: [
    string,
    () => Promise<TcpTls | undefined>,
    { dialled: RegExp; dials: RegExp },
  ][] = [
    [
      'whose certificate has expired',
      () => authority.issue('n2', expired),
      { dials: /n2 is not to be trusted: CERT_HAS_EXPIRED/, dialled: /certificate has expired/ },
    ],
    [
      'of another authority, that trusts this one',
      async () => ({ ...(await foreign.issue('n2')), ca: ofN1.ca }),
      {
        dials: /n2 is not to be trusted: UNABLE_TO_VERIFY_LEAF_SIGNATURE/,
        dialled: /unable to verify the first certificate/,
      },
    ],
    [
      'with the certificate of another node',
      () => authority.issue('n3'),
      { dials: /n2 is for another node: DNS:n3/, dialled: /n2 is for another node: DNS:n3/ },
    ],
    [
      'whose name is the CN, but not among the DNS names',
      () => authority.issue('n2', { dns: ['n3'] }),
      { dials: /n2 is for another node: DNS:n3/, dialled: /n2 is for another node: DNS:n3/ },
    ],
    [
      'whose name differs in case',
      () => authority.issue('N2'),
      { dials: /n2 is for another node: DNS:N2/, dialled: /n2 is for another node: DNS:N2/ },
    ],
  ];
  test.each(distrusted)('a node %s is refused, and both say why', async (_what, issue, why) => {
    const { n1, n2 } = await meet({ n1: ofN1, n2: await issue() });
    await eventually(() => {
      expect(n1.told.refused).toHaveBeenCalledWith(
        expect.stringContaining('127.0.0.1:'),
        expect.stringMatching(why.dials),
      );
      expect(n1.told.peerState).toHaveBeenLastCalledWith('n2', downWith(why.dialled));
    });
    await eventually(() =>
      expect(n2.told.peerState).toHaveBeenLastCalledWith('n1', downWith(why.dials)),
    );
    expect([n1.told.received, n2.told.received].map(({ mock }) => mock.calls)).toEqual([[], []]);
  });

  test('a node that speaks plain is refused, and both say why, both ways', async () => {
    const { n1, n2 } = await meet({ n1: ofN1, n2: undefined });
    const [hasTls, hasNone] = [
      'the other side does not speak TLS',
      'the other side speaks TLS, and this node does not',
    ];
    const remote = expect.stringContaining('127.0.0.1:') as string;
    await eventually(() => {
      expect(n1.told.refused).toHaveBeenCalledWith(remote, hasTls);
      expect(n2.told.refused).toHaveBeenCalledWith(remote, hasNone);
      expect(n1.told.peerState).toHaveBeenLastCalledWith('n2', downWith(new RegExp(hasTls)));
      expect(n2.told.peerState).toHaveBeenLastCalledWith(
        'n1',
        downWith(/it speaks TLS, and this node does not/),
      );
    });
  });

  test('who shows no certificate is told that it must', async () => {
    const { told, address } = await startN1({}, { tls: ofN1 });
    const options = { ...parseAddress(address)!, ca: [ofN1.ca].flat() };
    const socket = connect({ ...options, checkServerIdentity: () => undefined });
    closers.push(() => socket.destroy());
    await once(socket, 'secureConnect');
    const hello = { protocol: 1, from: n2, to: null };
    const payload = Buffer.from(JSON.stringify(hello));
    socket.write(frameOf(payload));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toContain('n2 shows no certificate');
    await eventually(() => expect(told.refused).toHaveBeenCalledTimes(1));
  });

  test('a server that proves to be no node is not spoken to', async () => {
    const { node, told } = await startN1({}, { tls: ofN1 });
    const stranger = await foreign.issue('n2');
    const heard: Buffer[] = [];
    const server = createServer({ key: stranger.key, cert: stranger.cert }, (socket) => {
      socket.on('data', (chunk: Buffer) => heard.push(chunk));
      socket.on('error', () => undefined);
    });
    closers.push(() => server.close());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    node.setPeers([{ id: 'n2', address, incarnation: 'b' }]);
    await eventually(() => expect(told.peerState).toHaveBeenCalledTimes(1));
    expect(told.peerState).toHaveBeenLastCalledWith('n2', downWith(/unable to verify/));
    expect(heard).toEqual([]);
  });

  test('a probe takes only the word of a node that is named by its certificate', async () => {
    const { node } = await startN1({}, { tls: ofN1 });
    const honest = await startN2(await authority.issue('n2'));
    expect(await node.probe(honest.address)).toEqual(n2);
    const liar = await startN2(await authority.issue('n3'));
    await expect(node.probe(liar.address)).rejects.toMatchObject({
      code: 'peer-unreachable',
      message: expect.stringContaining('the certificate of n2 is for another node') as string,
    });
  });

  test('a connection that begins no handshake is cut off in time', async () => {
    const { told, address } = await startN1({ handshakeMs: 30 }, { tls: ofN1 });
    await closed((await dial(address)).resume());
    await eventually(() =>
      expect(told.refused).toHaveBeenCalledWith(expect.anything(), 'no TLS handshake within 30 ms'),
    );
    expect(told.refused).toHaveBeenCalledTimes(1);
  });

  test('connections in the midst of their handshake count, and end when the node closes', async () => {
    const { node, told, address } = await startN1({ maxHandshakes: 1 }, { tls: ofN1 });
    const [first, second] = [await dial(address), await dial(address)];
    await closed(first.resume());
    await eventually(() =>
      expect(told.refused.mock.calls.map(([, reason]) => reason)).toEqual([
        '1 newer connections have not said who they are either',
      ]),
    );
    await node.close();
    await closed(second.resume());
    expect(told.refused).toHaveBeenCalledTimes(1);
  });

  test('new certificates are used for new connections, and the others stay', async () => {
    const { n1, n2 } = await meet({ n1: ofN1, n2: await authority.issue('n2') });
    await eventually(() => {
      expect(n1.told.peerState).toHaveBeenLastCalledWith('n2', up);
      expect(n2.told.peerState).toHaveBeenLastCalledWith('n1', up);
    });
    n1.node.setTls(await foreign.issue('n1'));
    expect([n1.told, n2.told].map(({ peerState }) => peerState.mock.calls.length)).toEqual([1, 1]);
    await expect(n2.node.probe(n1.address)).rejects.toThrow(/certificate/);
    n2.node.setTls(await foreign.issue('n2'));
    expect(await n2.node.probe(n1.address)).toMatchObject({ nodeId: 'n1' });
  });

  test('what is no certificate is refused before anything changes', async () => {
    const broken = { ...ofN1, cert: 'no certificate' };
    const listen = { host: '127.0.0.1', port: 0 };
    const unusable = expect.objectContaining({
      code: 'invalid-argument',
      message: expect.stringContaining('cannot be used') as string,
    }) as Error;
    expect(() => tcpTransport({ listen, tls: broken })).toThrow(unusable);
    const { node } = await startN1({}, { tls: ofN1 });
    const other = await startN2(await authority.issue('n2'));
    expect(() => node.setTls(broken)).toThrow(unusable);
    expect(await node.probe(other.address)).toEqual(n2);
    expect(() => tcpTransport({ listen }).setTls(ofN1)).toThrow('made without TLS');
  });
});
