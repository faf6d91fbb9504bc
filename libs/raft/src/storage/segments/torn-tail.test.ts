import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogWrite } from '../../core/effects.js';
import { FrameEncoder, frameBytes, frameHeaderBytes } from './frame.js';
import { logWrite } from '../../testing/writes.js';
import type { FrameContent } from './records.js';
import { isBlank, sectorBytes } from './sectors.js';
import { judgeTail } from './torn-tail.js';

const mark = 0x5eed;
const segmentBytes = 16 * sectorBytes;
const sequence = 7;

/** A segment of zeros with one frame at `position`. */
function segmentWith(position: number, data: Buffer): { segment: Buffer; end: number } {
  const content = frameOf({ entries: [{ index: 1, term: 1, type: 'command', data }] });
  const bytes = frameBytes(content);
  const segment = Buffer.alloc(segmentBytes);
  segment.set(new FrameEncoder(mark).encode(content, bytes, sequence, position), position);
  return { segment, end: position + bytes };
}

function frameOf(write: Partial<LogWrite>): FrameContent {
  return { batch: [logWrite(write)], commit: null };
}

/** Values of zeros, values of none, and values that are zeros in the middle. */
const data = fc
  .tuple(fc.nat(2000), fc.nat(2000), fc.nat(2000), fc.integer({ min: 1, max: 255 }))
  .map(([before, blank, behind, byte]) =>
    Buffer.concat([Buffer.alloc(before, byte), Buffer.alloc(blank), Buffer.alloc(behind, byte)]),
  );
const position = fc.integer({ min: sectorBytes, max: 3 * sectorBytes });

describe('the tail of the last segment', () => {
  test('is clean where nothing was written', () => {
    const tail = judgeTail(Buffer.alloc(segmentBytes), sectorBytes, sequence, mark);
    expect(tail).toEqual({ kind: 'clean' });
  });

  test('is torn, up to its last byte, when any set of its sectors did not reach the disk', () => {
    fc.assert(
      fc.property(position, data, fc.infiniteStream(fc.boolean()), (position, data, lost) => {
        const { segment } = segmentWith(position, data);
        const whole = Buffer.from(segment);
        for (let sector = 0; sector < segment.length; sector += sectorBytes) {
          const start = Math.max(sector, position);
          if (lost.next().value) segment.fill(0, start, Math.max(start, sector + sectorBytes));
        }
        fc.pre(!segment.equals(whole));
        const tail = judgeTail(segment, position, sequence, mark);
        const content = segment.subarray(position).findLastIndex((byte) => byte !== 0);
        expect(tail).toEqual(
          content === -1 ? { kind: 'clean' } : { kind: 'torn', end: position + content + 1 },
        );
      }),
      { numRuns: 2000 },
    );
  });

  test('is damaged when any byte of a frame that was there is another', () => {
    fc.assert(
      fc.property(
        position,
        data,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (at, data, n, mask) => {
          const { segment, end } = segmentWith(at, data);
          const changed = at + (n % (end - at));
          segment.writeUInt8(segment.readUInt8(changed) ^ mask, changed);
          // A byte that was alone in its sector and is zero now: no one can tell this from a loss.
          const sector = Math.floor(changed / sectorBytes) * sectorBytes;
          const sectorEnd = Math.min(sector + sectorBytes, end);
          fc.pre(segment[changed] !== 0 || !isBlank(segment, Math.max(sector, at), sectorEnd));
          expect(judgeTail(segment, at, sequence, mark).kind).toBe('damaged');
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('is damaged when any byte of the header is another, wherever its sectors end', () => {
    for (let at = 2 * sectorBytes - 2 * frameHeaderBytes; at <= 2 * sectorBytes; at += 1) {
      for (let byte = 0; byte < frameHeaderBytes; byte += 1) {
        const { segment } = segmentWith(at, Buffer.from('value'));
        segment.writeUInt8(segment.readUInt8(at + byte) ^ 0x10, at + byte);
        expect(judgeTail(segment, at, sequence, mark).kind).toBe('damaged');
      }
    }
  });

  test('is damaged when a whole frame follows what should be one', () => {
    const { segment } = segmentWith(3 * sectorBytes, Buffer.from('value'));
    const tail = judgeTail(segment, sectorBytes, sequence - 1, mark);
    expect(tail).toEqual({
      kind: 'damaged',
      found: `it holds no frame ${sequence - 1}, but there is one at byte ${3 * sectorBytes}`,
    });
  });

  test('is damaged when the frame there is not the next', () => {
    const { segment } = segmentWith(sectorBytes, Buffer.from('value'));
    expect(judgeTail(segment, sectorBytes, sequence + 1, mark).kind).toBe('damaged');
  });

  test('is damaged when something follows a frame that is torn', () => {
    const { segment, end } = segmentWith(sectorBytes, Buffer.alloc(2000, 1));
    segment.fill(0, 3 * sectorBytes, 4 * sectorBytes);
    expect(judgeTail(segment, sectorBytes, sequence, mark)).toEqual({ kind: 'torn', end });
    segment[end] = 1;
    expect(judgeTail(segment, sectorBytes, sequence, mark).kind).toBe('damaged');
  });

  test('is damaged when a frame goes on behind the end of the file', () => {
    const { segment } = segmentWith(sectorBytes, Buffer.alloc(2000, 1));
    segment.fill(0, 2 * sectorBytes);
    const cut = segment.subarray(0, 4 * sectorBytes);
    expect(judgeTail(cut, sectorBytes, sequence, mark).kind).toBe('damaged');
  });

  test('does not take a frame within a value for one of its own', () => {
    const content = frameOf({ hardState: { term: 9, votedFor: 'n1' } });
    const foreign = new FrameEncoder(mark + 1).encode(content, frameBytes(content), 8, 0);
    const { segment } = segmentWith(sectorBytes, Buffer.concat([Buffer.alloc(1000), foreign]));
    segment.fill(0, sectorBytes, 2 * sectorBytes);
    expect(judgeTail(segment, sectorBytes, sequence, mark).kind).toBe('torn');
  });
});
