/** What a disk writes as a whole or not at all. Larger ones are multiples of it. */
export const sectorBytes = 512;

/** Counts the all-zero sectors of `bytes` from `start`, which is where a sector begins. */
export function blankSectors(bytes: Buffer, start: number): number {
  let count = 0;
  for (let at = start; at < bytes.length; at += sectorBytes) {
    if (isBlank(bytes, at, Math.min(at + sectorBytes, bytes.length))) count += 1;
  }
  return count;
}

export function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    if (bytes[at] !== 0) return false;
  }
  return true;
}

/** The offset behind the last byte that is not zero, or `start` when there is none from there on. */
export function endOfContent(bytes: Buffer, start: number): number {
  let end = bytes.length;
  while (end > start && bytes[end - 1] === 0) end -= 1;
  return end;
}
