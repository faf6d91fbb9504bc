import { sectorBytes } from '../segments/sectors.js';

/**
 * One file of a FaultyFiles: what the system shows of it, what is on the disk, and which sectors of
 * the one have yet to get to the other.
 */
export class FaultyNode {
  private shown: Buffer;
  /** `shown` and zeros behind it, so that a file can grow without a copy of all with each write. */
  private room: Buffer;
  private onDisk: Buffer;
  /** A sync brings these to the disk. */
  private readonly dirty: Set<number>;
  /** A sync of these failed: the system shows them, takes them for written, and they are not. */
  private readonly forgotten: Set<number>;

  constructor(
    shown: Buffer = Buffer.alloc(0),
    onDisk: Buffer = Buffer.alloc(0),
    dirty: Iterable<number> = [],
    forgotten: Iterable<number> = [],
  ) {
    this.shown = shown;
    this.room = shown;
    this.onDisk = onDisk;
    this.dirty = new Set(dirty);
    this.forgotten = new Set(forgotten);
  }

  get content(): Buffer {
    return Buffer.from(this.shown);
  }

  get size(): number {
    return this.shown.length;
  }

  read(position: number, bytes: number): Buffer {
    return Buffer.from(this.shown.subarray(position, position + bytes));
  }

  write(bytes: Uint8Array, position: number): void {
    this.grow(position + bytes.length);
    this.shown.set(bytes, position);
    if (bytes.length === 0) return;
    const last = Math.floor((position + bytes.length - 1) / sectorBytes);
    for (let sector = Math.floor(position / sectorBytes); sector <= last; sector += 1) {
      this.dirty.add(sector);
      this.forgotten.delete(sector);
    }
  }

  sync(): void {
    this.onDisk = resized(this.onDisk, this.shown.length);
    for (const sector of this.dirty) copySector(this.shown, this.onDisk, sector);
    this.dirty.clear();
  }

  /** Some sectors reach the disk; the system forgets that the others did not. */
  failSync(random: () => number): void {
    this.onDisk = withSome(this.onDisk, this.shown, this.dirty, random);
    for (const sector of this.dirty) this.forgotten.add(sector);
    this.dirty.clear();
  }

  /** What is there when a new process looks. */
  after(end: 'kill' | 'power-loss', random: () => number): FaultyNode {
    return end === 'kill' ? this.afterKill(random) : this.afterPowerLoss(random);
  }

  private grow(size: number): void {
    if (size <= this.shown.length) return;
    if (size > this.room.length) this.room = resized(this.shown, 2 * size);
    this.shown = this.room.subarray(0, size);
  }

  /** Any of the dirty sectors may have made it. */
  private afterPowerLoss(random: () => number): FaultyNode {
    const left = withSome(this.onDisk, this.shown, this.dirty, random);
    return new FaultyNode(left, Buffer.from(left));
  }

  /** The system may have dropped from its memory what it took for written. */
  private afterKill(random: () => number): FaultyNode {
    const shown = this.content;
    const kept = new Set(this.forgotten);
    for (const sector of this.forgotten) {
      if (random() < 0.5) continue;
      copySector(resized(this.onDisk, shown.length), shown, sector);
      kept.delete(sector);
    }
    return new FaultyNode(shown, Buffer.from(this.onDisk), this.dirty, kept);
  }

  /** A disk that rots: changes what is shown and what is stored. */
  damage(offset: number, mask: number): void {
    for (const bytes of [this.shown, this.onDisk]) {
      if (offset < bytes.length) bytes.writeUInt8(bytes.readUInt8(offset) ^ mask, offset);
    }
  }

  truncate(size: number): void {
    this.shown = resized(this.shown, size);
    this.room = this.shown;
    this.onDisk = resized(this.onDisk, size);
  }
}

/** `base` with none, some or all of these sectors of `source`. */
function withSome(
  base: Buffer,
  source: Buffer,
  sectors: Iterable<number>,
  random: () => number,
): Buffer {
  const share = Math.floor(random() * 3) / 2;
  let result: Buffer = Buffer.from(base);
  for (const sector of sectors) {
    if (random() >= share) continue;
    const end = Math.min((sector + 1) * sectorBytes, source.length);
    result = resized(result, Math.max(result.length, end));
    copySector(source, result, sector);
  }
  return result;
}

function copySector(from: Buffer, to: Buffer, sector: number): void {
  from.copy(to, sector * sectorBytes, sector * sectorBytes, (sector + 1) * sectorBytes);
}

/** A copy of another size, filled up with zeros. */
function resized(bytes: Buffer, size: number): Buffer {
  if (bytes.length === size) return bytes;
  const result = Buffer.alloc(size);
  bytes.copy(result);
  return result;
}
