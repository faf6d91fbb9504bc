import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Message } from '../core/message.js';
import { frameOf, FrameParser, messageFrame } from './frame.js';
import {
  appendOf,
  closed,
  dialAsN2,
  eventually,
  heartbeat,
  n2,
  payloadsOf,
  serve,
  serveAsN2,
  startN1,
  welcomeAsN2,
  response,
} from './test/wire.js';

const up = { connected: true, error: null, protocol: 3 };
const append = appendOf(10);

function collect(socket: Socket): Buffer[] {
  const payloads: Buffer[] = [];
  const parser = new FrameParser(64 * 1024 * 1024);
  socket.on('data', (chunk) => payloads.push(...payloadsOf(chunk, parser)));
  return payloads;
}

function payloadOf(message: Message): Buffer {
  return messageFrame(message).subarray(8);
}

async function connectedToN2() {
  const { node, told } = await startN1();
  const { address, lanes } = await serveAsN2();
  node.setPeers([{ id: 'n2', address, incarnation: 'b' }]);
  await eventually(() => expect(told.peerState).toHaveBeenCalledWith('n2', up));
  return { node, told, address, lanes, peer: { id: 'n2', address, incarnation: 'b' } };
}

describe('who dials', () => {
  test('has a heartbeat pass while 30 MB of entries fill the other lane', async () => {
    const { node, told, lanes } = await connectedToN2();
    lanes.get('bulk')!.pause();
    const control = collect(lanes.get('control')!);
    const entries = appendOf(1024 * 1024);
    for (let count = 0; count < 30; count++) node.send('n2', entries);
    node.send('n2', heartbeat);
    await eventually(() => expect(control).toEqual([payloadOf(heartbeat)]));
    expect(node.counters).toMatchObject({ messagesSent: 31, dropped: 0 });
    expect(told.peerState).toHaveBeenLastCalledWith('n2', up);
  });

  test('dials a bulk lane that closed again, and keeps the other', async () => {
    const { told, lanes } = await connectedToN2();
    const { bulk, control } = Object.fromEntries(lanes);
    lanes.delete('bulk');
    bulk!.destroy();
    await eventually(() => expect(lanes.has('bulk')).toBe(true));
    await eventually(() => expect(told.peerState).toHaveBeenLastCalledWith('n2', up));
    expect(told.peerState.mock.calls.map(([, { connected }]) => connected)).toEqual([
      true,
      false,
      true,
    ]);
    expect(lanes.get('control')).toBe(control);
    expect(control!.destroyed).toBe(false);
  });

  test('lets go of both lanes when control closes, and dials both again', async () => {
    const { told, lanes } = await connectedToN2();
    const { bulk, control } = Object.fromEntries(lanes);
    lanes.clear();
    control!.destroy();
    await closed(bulk!.resume());
    await eventually(() => expect(lanes.size).toBe(2));
    await eventually(() => expect(told.peerState).toHaveBeenLastCalledWith('n2', up));
  });

  test('is not connected while only control stands', async () => {
    const { node, told } = await startN1();
    const hellos: string[] = [];
    const address = await serve((socket) => {
      socket.once('data', () => undefined);
      void (hellos.length === 0 ? welcomeAsN2(socket) : Promise.resolve());
      hellos.push('hello');
    });
    node.setPeers([{ id: 'n2', address, incarnation: 'b' }]);
    await eventually(() => expect(hellos).toHaveLength(2));
    expect(told.peerState).not.toHaveBeenCalled();
  });

  test('uses one connection for everything with a peer of version 1', async () => {
    const { node, told } = await startN1();
    const sockets: Socket[] = [];
    const address = await serve((socket) => {
      sockets.push(socket);
      void welcomeAsN2(socket, 1);
    });
    node.setPeers([{ id: 'n2', address, incarnation: 'b' }]);
    await eventually(() =>
      expect(told.peerState).toHaveBeenCalledWith('n2', { ...up, protocol: 1 }),
    );
    const payloads = collect(sockets[0]!);
    node.send('n2', append);
    node.send('n2', heartbeat);
    await eventually(() => expect(payloads).toEqual([append, heartbeat].map(payloadOf)));
    expect(sockets).toHaveLength(1);
  });
});

describe('who is dialled', () => {
  test('sends answers on the lane that brought the request', async () => {
    const { node, told, address } = await startN1();
    const [control, bulk] = [await dialAsN2(address), await dialAsN2(address, 'bulk')];
    const [onControl, onBulk] = [collect(control), collect(bulk)];
    control.write(messageFrame(heartbeat));
    bulk.write(messageFrame(append));
    await eventually(() => expect(told.received).toHaveBeenCalledTimes(2));
    const conflict = { rejectedIndex: 0, conflictIndex: 0, conflictTerm: 0 };
    const match = { type: 'append-response', term: 3, session: 1, match: 1, ...conflict } as const;
    node.send('n2', response);
    node.send('n2', match);
    await eventually(() => expect([...onControl, ...onBulk]).toHaveLength(2));
    expect([onControl, onBulk]).toEqual([[payloadOf(response)], [payloadOf(match)]]);
  });

  test('does not suspect a peer whose bulk lane closed, and takes it again', async () => {
    const { told, address } = await startN1();
    await dialAsN2(address);
    const bulk = await dialAsN2(address, 'bulk');
    bulk.destroy();
    const again = await dialAsN2(address, 'bulk');
    again.write(messageFrame(append));
    await eventually(() => expect(told.received).toHaveBeenCalledTimes(1));
    expect([told.disconnected, told.refused].map(({ mock }) => mock.calls)).toEqual([[], []]);
  });

  test('closes a bulk lane that brings a broken frame, and that only: told and counted', async () => {
    const { node, told, address } = await startN1();
    const [control, bulk] = [await dialAsN2(address), await dialAsN2(address, 'bulk')];
    bulk.write(frameOf(Buffer.of(200)));
    await closed(bulk);
    await eventually(() =>
      expect(told.refused).toHaveBeenCalledWith(
        expect.anything(),
        'the bulk lane of n2 brought a broken frame: unknown message 200',
      ),
    );
    control.write(messageFrame(heartbeat));
    await eventually(() => expect(told.received).toHaveBeenCalledTimes(1));
    expect(told.disconnected).not.toHaveBeenCalled();
    expect(node.counters).toMatchObject({ brokenFrames: 1, refused: 1 });
  });

  test('tells once that a peer is gone, whose lanes both closed', async () => {
    const { told, address } = await startN1();
    const [control, bulk] = [await dialAsN2(address), await dialAsN2(address, 'bulk')];
    bulk.destroy();
    control.destroy();
    await eventually(() => expect(told.disconnected).toHaveBeenCalledTimes(1));
    await closed(bulk);
    expect(told.disconnected.mock.calls).toEqual([['n2', 'the other side closed the connection']]);
  });

  test('closes the bulk lane with the control lane that it belongs to', async () => {
    const { address } = await startN1();
    const [control, bulk] = [await dialAsN2(address), await dialAsN2(address, 'bulk')];
    control.destroy();
    await closed(bulk.resume());
  });

  test('takes no bulk lane from whom it knows no control lane', async () => {
    const { told, address } = await startN1();
    await closed((await dialAsN2(address, 'bulk')).resume());
    const control = await dialAsN2(address);
    const other = { ...n2, incarnation: 'another' };
    await closed((await dialAsN2(address, 'bulk', other)).resume());
    expect(told.disconnected).not.toHaveBeenCalled();
    control.destroy();
    await eventually(() => expect(told.disconnected).toHaveBeenCalledTimes(1));
    await closed((await dialAsN2(address, 'bulk')).resume());
  });
});
