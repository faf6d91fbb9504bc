import { blankBodySectors, frameHeaderBytes, frameMagic, readFrameHeader } from './frame.js';
import type { FrameHeader } from './frame.js';
import { endOfContent, isBlank, sectorBytes } from './sectors.js';

/** What stands behind the last good frame of the last segment. */
export type Tail =
  | { readonly kind: 'clean' }
  /** A write that a crash cut short, up to `end`. It was never acknowledged. */
  | { readonly kind: 'torn'; readonly end: number }
  | { readonly kind: 'damaged'; readonly found: string };

/**
 * Judges what stands at `offset`, where a next frame would be and no good one is.
 *
 * One write is on its way at a time, so only the very last frame may be torn. And a torn frame shows
 * it: a disk writes a sector or does not, and the segment was zeros before, so the sectors that did
 * not make it are blank. A frame that lacks no sector was durable, and has changed since. To tell
 * sectors that were lost from values that are zeros, a frame's header counts the blank ones.
 * (The question is that of Alagappan et al., Protocol-Aware Recovery, FAST 2018.)
 */
export function judgeTail(segment: Buffer, offset: number, sequence: number, mark: number): Tail {
  const end = endOfContent(segment, offset);
  if (end === offset) return { kind: 'clean' };
  const later = findFrame(segment, offset + 1, mark);
  if (later !== null) {
    return damaged(`it holds no frame ${sequence}, but there is one at byte ${later}`);
  }
  const header = readFrameHeader(segment, offset, mark);
  if (header === null) {
    return lacksHeaderSector(segment, offset)
      ? { kind: 'torn', end }
      : damaged(`the header of frame ${sequence} is not the one that was written`);
  }
  if (header.sequence !== sequence) {
    return damaged(`frame ${header.sequence} stands where frame ${sequence} belongs`);
  }
  return judgeBody(segment, offset, header, end);
}

function judgeBody(segment: Buffer, offset: number, header: FrameHeader, end: number): Tail {
  const frameEnd = offset + frameHeaderBytes + header.bodyBytes;
  if (frameEnd > segment.length) return damaged(`frame ${header.sequence} is longer than the file`);
  if (frameEnd < end) return damaged(`something follows the torn frame ${header.sequence}`);
  const blank = blankBodySectors(segment.subarray(offset, frameEnd), offset);
  return blank > header.blankSectors
    ? { kind: 'torn', end }
    : damaged(`frame ${header.sequence} is all there, but its checksum is wrong`);
}

/** Whether one of the sectors that a header at `offset` reaches into was never written. */
function lacksHeaderSector(segment: Buffer, offset: number): boolean {
  const sectorEnd = (Math.floor(offset / sectorBytes) + 1) * sectorBytes;
  if (isBlank(segment, offset, Math.min(sectorEnd, segment.length))) return true;
  if (offset + frameHeaderBytes <= sectorEnd) return false;
  return isBlank(segment, sectorEnd, Math.min(sectorEnd + sectorBytes, segment.length));
}

/** Where a frame begins at or behind `from`, whole or not, or null. */
function findFrame(segment: Buffer, from: number, mark: number): number | null {
  let at = segment.indexOf(frameMagic, from);
  while (at !== -1) {
    if (readFrameHeader(segment, at, mark) !== null) return at;
    at = segment.indexOf(frameMagic, at + 1);
  }
  return null;
}

function damaged(found: string): Tail {
  return { kind: 'damaged', found };
}
