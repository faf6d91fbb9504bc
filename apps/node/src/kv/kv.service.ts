import { Injectable } from '@nestjs/common';
import {
  type Consistency,
  maxKeyBytes,
  maxValueBytes,
  type Removed,
  type Written,
} from '@quorate/contract';
import { errorBody, HttpError } from '@quorate/http';
import type { Proposed } from '@quorate/raft';
import { badRequest } from '../http/fields.js';
import { RaftService } from '../raft/raft.service.js';
import { TraceService } from '../trace/trace.service.js';
import { encodeCommand } from './kv-command.js';
import {
  type KvResult,
  KvStateMachine,
  type Page,
  type Range,
  type StoredValue,
} from './kv-state-machine.js';

export interface RequestOptions {
  /** Whether another node may serve a request that this one cannot. */
  readonly forward: boolean;
}

export interface WriteOptions extends RequestOptions {
  /** Under one idempotency key a write happens once, however often it is asked for. */
  readonly key?: string;
  /** By this name the trace tells where the write is placed. */
  readonly trace?: string;
}

export interface ReadOptions extends RequestOptions {
  readonly consistency: Consistency;
  readonly maxStaleMs?: number;
  readonly minIndex?: number;
}

/** The key-value store as clients know it. */
@Injectable()
export class KvService {
  constructor(
    private readonly raft: RaftService<KvResult>,
    private readonly machine: KvStateMachine,
    private readonly trace: TraceService,
  ) {}

  async set(key: string, value: Uint8Array, options: WriteOptions): Promise<Written> {
    checkKey(key);
    if (value.length > maxValueBytes) {
      throw tooLarge(`The value has ${value.length} bytes; the limit is ${maxValueBytes}.`);
    }
    const command = encodeCommand({ type: 'set', key, value });
    const { index, term } = await this.propose(command, options);
    return { index, term };
  }

  /** Removing a key that is not there succeeds, and says so. */
  async remove(key: string, options: WriteOptions): Promise<Removed> {
    checkKey(key);
    const command = encodeCommand({ type: 'remove', key });
    const { index, term, result } = await this.propose(command, options);
    return { index, term, existed: result.existed };
  }

  /** @throws HttpError 404 when the key is not there. */
  async get(key: string, options: ReadOptions): Promise<StoredValue> {
    checkKey(key);
    const stored = await this.raft.read(() => this.machine.get(key), options);
    if (stored === undefined) {
      throw new HttpError(404, errorBody('key-not-found', `There is no key '${key}'.`));
    }
    return stored;
  }

  list(range: Range, options: ReadOptions): Promise<Page> {
    return this.raft.read(() => this.machine.list(range), options);
  }

  private propose(command: Uint8Array, options: WriteOptions): Promise<Proposed<KvResult>> {
    const { trace, ...terms } = options;
    if (trace === undefined) return this.raft.propose(command, terms);
    return this.trace.follow(trace, (placed) => this.raft.propose(command, { ...terms, placed }));
  }
}

function checkKey(key: string): void {
  if (key === '') throw badRequest('The key is empty.');
  const bytes = Buffer.byteLength(key);
  if (bytes > maxKeyBytes) {
    throw tooLarge(`The key has ${bytes} bytes of UTF-8; the limit is ${maxKeyBytes}.`);
  }
}

function tooLarge(message: string): HttpError {
  return new HttpError(413, errorBody('payload-too-large', message));
}
