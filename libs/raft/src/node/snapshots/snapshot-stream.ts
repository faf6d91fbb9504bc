import { Reader } from '../../codec/reader.js';
import { snapshotInfo } from '../../codec/snapshot.js';
import type { SnapshotInfo } from '../../core/snapshot.js';
import { RaftError } from '../../errors.js';
import type { SnapshotStore } from '../../storage/snapshot-store.js';
import { pieceBytes } from './store-io.js';

/** A snapshot outside of its store: this line, u32 length of its description, the description, its bytes. */
const firstLine = Buffer.from('quorate snapshot 1\n');
const maxDescriptionBytes = 16 * 1024 * 1024;

/** @throws StorageError `failed` when the store lets go of the snapshot meanwhile */
export async function* exported(
  store: Pick<SnapshotStore, 'read'>,
  snapshot: SnapshotInfo,
): AsyncGenerator<Uint8Array> {
  const length = snapshotInfo.bytes(snapshot);
  const head = Buffer.alloc(firstLine.length + 4 + length);
  firstLine.copy(head);
  snapshotInfo.write(head, head.writeUInt32LE(length, firstLine.length), snapshot);
  yield head;
  for (let offset = 0; offset < snapshot.bytes;) {
    const piece = await store.read(snapshot, offset, pieceBytes);
    offset += piece.length;
    yield piece;
  }
}

/**
 * Brings an exported snapshot into a store, where it is the latest then.
 * @throws RaftError `invalid-argument` when the source is none, or ends too early; StorageError
 */
export async function imported(
  store: Pick<SnapshotStore, 'receive'>,
  source: AsyncIterable<Uint8Array>,
): Promise<SnapshotInfo> {
  const bytes = new ByteSource(source);
  if (!(await bytes.take(firstLine.length)).equals(firstLine)) throw noSnapshot('begins otherwise');
  const length = (await bytes.take(4)).readUInt32LE();
  if (length > maxDescriptionBytes) throw noSnapshot('describes itself at too great length');
  const snapshot = described(await bytes.take(length));
  for (let received = 0; received < snapshot.bytes;) {
    const piece = await bytes.take(Math.min(pieceBytes, snapshot.bytes - received));
    const kept = await store.receive(snapshot, received, piece);
    // An earlier try may have left some of it there.
    if (kept < received + piece.length) throw noSnapshot(`was not taken behind byte ${kept}`);
    received += piece.length;
  }
  return snapshot;
}

function described(description: Buffer): SnapshotInfo {
  try {
    return snapshotInfo.read(new Reader(description));
  } catch (cause) {
    throw noSnapshot('does not describe itself', cause);
  }
}

function noSnapshot(why: string, cause?: unknown): RaftError {
  const message = `source must be an exported snapshot, but it ${why}.`;
  return new RaftError('invalid-argument', message, {
    outcome: 'not-applied',
    retryable: false,
    cause,
  });
}

/** Bytes in lengths that the reader chooses. */
class ByteSource {
  private readonly chunks: AsyncIterator<Uint8Array>;
  private rest = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.chunks = source[Symbol.asyncIterator]();
  }

  async take(count: number): Promise<Buffer> {
    while (this.rest.length < count) {
      const chunk = await this.chunks.next();
      if (chunk.done === true) throw noSnapshot('ends too early');
      this.rest = Buffer.concat([this.rest, chunk.value]);
    }
    const taken = this.rest.subarray(0, count);
    this.rest = this.rest.subarray(count);
    return taken;
  }
}
