import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { MalformedMessageError } from '../codec/malformed.js';
import { heartbeat } from '../testing/transport/messages.js';
import { frameOf, FrameParser, messageFrame, readMessageFrame } from './frame.js';

const payloads = fc.array(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  { maxLength: 20 },
);

/** Cuts at the given places, taken modulo the length. */
function cut(stream: Buffer, places: readonly number[]): Buffer[] {
  const bounds = [0, ...places.map((at) => at % (stream.length + 1)), stream.length];
  bounds.sort((one, other) => one - other);
  return bounds.slice(1).map((end, at) => stream.subarray(bounds[at], end));
}

function parse(parser: FrameParser, chunks: readonly Buffer[]): Buffer[] {
  const found: Buffer[] = [];
  for (const chunk of chunks) {
    parser.push(chunk);
    for (let payload = parser.next(); payload; payload = parser.next()) found.push(payload);
  }
  return found;
}

describe('frames', () => {
  test.prop([payloads, fc.array(fc.nat(), { maxLength: 30 })])(
    'come out whole, however the stream is cut into chunks',
    (sent, places) => {
      const chunks = cut(Buffer.concat(sent.map(frameOf)), places);
      expect(parse(new FrameParser(300), chunks)).toEqual(sent);
    },
  );

  test('come out whole when every byte comes alone', () => {
    const sent = [Buffer.from('one'), Buffer.alloc(0), Buffer.alloc(5000, 7)];
    const chunks = [...Buffer.concat(sent.map(frameOf))].map((byte) => Buffer.of(byte));
    expect(parse(new FrameParser(5000), chunks)).toEqual(sent);
  });

  test.prop([fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(), fc.nat({ max: 7 })])(
    'with a flipped bit are never taken for whole',
    (payload, at, bit) => {
      const frame = frameOf(payload);
      const place = at % frame.length;
      frame[place] = frame[place]! ^ (1 << bit);
      let found: Buffer[] = [];
      try {
        found = parse(new FrameParser(300), [frame]);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedMessageError);
      }
      expect(found).toEqual([]);
    },
  );

  test('over the limit are refused by their header alone', () => {
    const header = Buffer.alloc(8);
    header.writeUInt32LE(1001, 0);
    const parser = new FrameParser(1000);
    parser.push(header);
    expect(() => parser.next()).toThrow('a frame of 1001 bytes, where 1000 are allowed');
  });

  test('that claim much take no more memory than what has come', () => {
    const header = Buffer.alloc(8);
    header.writeUInt32LE(0x7fff_ffff, 0);
    const before = process.memoryUsage().arrayBuffers;
    const parsers = Array.from({ length: 64 }, () => new FrameParser(0x7fff_ffff));
    for (const parser of parsers) expect(parse(parser, [header, Buffer.alloc(1000)])).toEqual([]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
  });

  test('of an earlier chunk stay as they were when more chunks come', () => {
    const sent = Array.from({ length: 50 }, (_, at) => Buffer.alloc(100, at));
    const stream = Buffer.concat(sent.map(frameOf));
    const found = parse(new FrameParser(100), cut(stream, [150, 170, 400, 1111, 3333]));
    expect(found).toEqual(sent);
  });
});

describe('a message in its frame', () => {
  const payloadOf = (frame: Buffer) => parse(new FrameParser(1000), [frame])[0]!;

  test.prop([fc.option(fc.nat({ max: 2 ** 47 }), { nil: undefined })])(
    'keeps its trace id, and takes no byte for none',
    (traceId) => {
      const frame = messageFrame(heartbeat, traceId);
      expect(readMessageFrame(payloadOf(frame))).toEqual({ message: heartbeat, traceId });
      const added = frame.length - messageFrame(heartbeat).length;
      expect(added).toBe(traceId === undefined ? 0 : 7);
    },
  );

  test('is malformed when its trace id is cut short, or stands alone', () => {
    const payload = payloadOf(messageFrame(heartbeat, 9));
    for (const length of [1, 6, 7]) {
      const read = () => readMessageFrame(payload.subarray(0, length));
      expect(read).toThrow(MalformedMessageError);
    }
  });
});
