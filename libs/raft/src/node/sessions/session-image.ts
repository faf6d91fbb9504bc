import { MalformedMessageError } from '../../codec/malformed.js';
import { Reader } from '../../codec/reader.js';
import { StorageError } from '../../errors.js';
import type { Proposed } from '../calls/call.js';
import type { KeyedResult } from './keyed-results.js';
import type { KeptResult, ResultCodec } from './kept-result.js';
import { pack, packKey, viewOf } from './packing.js';
import type { SequencedResult, SessionState } from './session-state.js';

/** Everything that a session table holds, at one instant. */
export interface SessionImage<Result> {
  readonly clusterTime: number;
  readonly sessions: readonly SessionState<Result>[];
  readonly keys: readonly KeyedResult<Result>[];
}

const version = 1;
const chunkBytes = 64 * 1024;
const moreFollow = Buffer.of(1);
const noneFollow = Buffer.of(0);
const kinds = { head: 1, session: 2, result: 3, keyed: 4 } as const;

/**
 * The image as chunks: whether more follow u8, then items, each a length u32 and its bytes. Results
 * are encoded only here, as chunks are asked for.
 */
export function* encodeImage<Result>(
  image: SessionImage<Result>,
  results: ResultCodec<Result>,
): Generator<Uint8Array> {
  let items: Buffer[] = [];
  let bytes = 0;
  for (const item of itemsOf(image, results)) {
    if (bytes + 4 + item.length > chunkBytes) {
      yield Buffer.concat([moreFollow, ...items]);
      items = [];
      bytes = 0;
    }
    const length = Buffer.allocUnsafe(4);
    length.writeUInt32LE(item.length);
    items.push(length, item);
    bytes += 4 + item.length;
  }
  yield Buffer.concat([noneFollow, ...items]);
}

/** The head, each session with its results behind it, and keys. */
function* itemsOf<Result>(
  { clusterTime, sessions, keys }: SessionImage<Result>,
  results: ResultCodec<Result>,
): Generator<Buffer> {
  yield pack(kinds.head, [version, clusterTime]);
  for (const { id, ttlMs, idleSince, acknowledgedBelow, kept } of sessions) {
    yield pack(kinds.session, [
      id,
      ttlMs,
      idleSince === null ? 0 : idleSince + 1,
      acknowledgedBelow,
    ]);
    for (const { sequence, fingerprint, answer } of kept) {
      const { index, term, result } = answer;
      const numbers = [sequence, fingerprint, index, term];
      yield pack(kinds.result, numbers, results.encode(result));
    }
  }
  for (const { key, since, fingerprint, answer } of keys) {
    const { index, term, result } = answer;
    const numbers = [since, fingerprint, index, term];
    yield pack(kinds.keyed, numbers, packKey(key), results.encode(result));
  }
}

/** Puts an image together again from its chunks. */
export class ImageReader<Result> {
  private clusterTime: number | null = null;
  private readonly sessions: (SessionState<Result> & {
    readonly kept: SequencedResult<Result>[];
  })[] = [];
  private readonly keys: KeyedResult<Result>[] = [];
  private more = true;

  constructor(private readonly results: ResultCodec<Result>) {}

  /** Whether the image has more chunks than those written so far. */
  get wantsMore(): boolean {
    return this.more;
  }

  /** @throws StorageError `corrupt` */
  write(chunk: Uint8Array): void {
    try {
      const reader = new Reader(viewOf(chunk));
      this.more = reader.u8() === 1;
      while (!reader.isAtEnd) this.take(new Reader(reader.bytes(reader.u32())));
    } catch (error) {
      if (!(error instanceof MalformedMessageError)) throw error;
      throw new StorageError('corrupt', `sessions in a snapshot: ${error.message}`, error);
    }
  }

  /** @throws StorageError `corrupt` when chunks are missing */
  finish(): SessionImage<Result> {
    const { clusterTime, sessions, keys } = this;
    if (this.more || clusterTime === null) {
      throw new StorageError('corrupt', 'sessions in a snapshot: cut short');
    }
    return { clusterTime, sessions, keys };
  }

  private take(item: Reader): void {
    const kind = item.u8();
    if ((this.clusterTime === null) !== (kind === kinds.head)) {
      throw new MalformedMessageError('they do not begin with their head');
    }
    switch (kind) {
      case kinds.head:
        this.clusterTime = this.head(item);
        return;
      case kinds.session:
        this.sessions.push(this.session(item));
        return;
      case kinds.result: {
        const session = this.sessions.at(-1);
        if (session === undefined) throw new MalformedMessageError('a result without a session');
        const sequence = item.u48();
        session.kept.push({ sequence, ...this.kept(item, item.u48(), placeOf(item)) });
        return;
      }
      case kinds.keyed: {
        const since = item.u48();
        const fingerprint = item.u48();
        const place = placeOf(item);
        const key = item.bytes(item.u8()).toString();
        this.keys.push({ key, since, ...this.kept(item, fingerprint, place) });
        return;
      }
      default:
        throw new MalformedMessageError(`unknown item ${kind}`);
    }
  }

  private head(item: Reader): number {
    const written = item.u48();
    if (written === version) return item.u48();
    const reason = `they are of version ${written}, and this program reads version ${version}`;
    throw new MalformedMessageError(reason);
  }

  private session(item: Reader) {
    const [id, ttlMs, idle, acknowledgedBelow] = [item.u48(), item.u48(), item.u48(), item.u48()];
    return { id, ttlMs, idleSince: idle === 0 ? null : idle - 1, acknowledgedBelow, kept: [] };
  }

  private kept(
    item: Reader,
    fingerprint: number,
    place: Omit<Proposed<Result>, 'result'>,
  ): KeptResult<Result> {
    const result = this.results.decode(item.rest());
    return { fingerprint, answer: { ...place, result } };
  }
}

function placeOf(item: Reader) {
  return { index: item.u48(), term: item.u48() };
}
