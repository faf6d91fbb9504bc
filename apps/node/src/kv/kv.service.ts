import { Injectable } from '@nestjs/common';
import {
  type Consistency,
  type KeyCount,
  type KeySearch,
  type KeyTree,
  maxKeyBytes,
  maxValueBytes,
  type PrefixRemoved,
  type Removed,
  type Written,
} from '@quorate/contract';
import { errorBody, HttpError } from '@quorate/http';
import type { Proposed, ProposeOptions } from '@quorate/raft';
import { badRequest } from '../http/fields.js';
import { RaftService } from '../raft/raft.service.js';
import { TraceService } from '../trace/trace.service.js';
import { conditionFailed } from './kv-answers.js';
import { type Condition, encodeCommand, type KvCommand } from './kv-command.js';
import {
  type ConditionMissed,
  type KeyChanged,
  type KvResult,
  KvStateMachine,
  type PrefixCleared,
} from './kv-state-machine.js';
import { countKeys } from './queries/count-keys.js';
import { listKeys, type Page, type Range } from './queries/list-keys.js';
import { listTree } from './queries/list-tree.js';
import { searchKeys } from './queries/search-keys.js';
import type { StoredValue } from './stored-keys.js';

/** Keys that one entry of the log removes: no node may be busy with it for long. */
const MAX_REMOVED = 1000;

export interface RequestOptions {
  /** Whether another node may serve a request that this one cannot. */
  readonly forward: boolean;
}

export interface WriteOptions extends RequestOptions {
  /** Under one idempotency key a write happens once, however often it is asked for. */
  readonly key?: string;
  /** By this name the trace tells where the write is placed. */
  readonly trace?: string;
  /** What the write must find, or else change nothing. */
  readonly condition?: Condition;
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
    const { condition } = options;
    const { index, term } = await this.change({ type: 'set', key, value, condition }, options);
    return { index, term };
  }

  /** Removing a key that is not there succeeds, and says so. */
  remove(key: string, options: WriteOptions): Promise<Removed> {
    checkKey(key);
    return this.change({ type: 'remove', key, condition: options.condition }, options);
  }

  /** Removes the first keys with a prefix, as many as one entry may. */
  async removePrefix(prefix: string, options: WriteOptions): Promise<PrefixRemoved> {
    checkLength('prefix', prefix);
    if (options.condition !== undefined) throw badRequest('A condition is for a single key.');
    const command: KvCommand = { type: 'remove-prefix', prefix, limit: MAX_REMOVED };
    const { index, term, result } = await this.propose<PrefixCleared>(command, options);
    return { index, term, ...result };
  }

  /** @throws HttpError 404 when the key is not there. */
  async get(key: string, options: ReadOptions): Promise<StoredValue> {
    checkKey(key);
    const stored = await this.raft.read(() => this.machine.keys.get(key), options);
    if (stored === undefined) {
      throw new HttpError(404, errorBody('key-not-found', `There is no key '${key}'.`));
    }
    return stored;
  }

  list(range: Range, options: ReadOptions): Promise<Page> {
    return this.raft.read(() => listKeys(this.machine.keys, range), options);
  }

  tree(range: Range, delimiter: string, options: ReadOptions): Promise<KeyTree> {
    return this.raft.read(() => listTree(this.machine.keys, range, delimiter), options);
  }

  search(range: Range, text: string, options: ReadOptions): Promise<KeySearch> {
    return this.raft.read(() => searchKeys(this.machine.keys, range, text), options);
  }

  /** Counts in the state of one instant, whatever is written meanwhile. */
  async count(prefix: string, options: ReadOptions): Promise<KeyCount> {
    const then = await this.raft.read(() => this.machine.keys.clone(), options);
    return { keys: await countKeys(then, prefix) };
  }

  /** @throws HttpError 412 when the condition does not hold. */
  private async change(
    command: Extract<KvCommand, { key: string }>,
    options: WriteOptions,
  ): Promise<Removed> {
    const { index, term, result } = await this.propose<KeyChanged | ConditionMissed>(
      command,
      options,
    );
    if ('found' in result) throw conditionFailed(command.key, result.found);
    return { index, term, existed: result.existed };
  }

  /** Which results a command may have, its kind tells. */
  private propose<Result extends KvResult>(
    command: KvCommand,
    options: WriteOptions,
  ): Promise<Proposed<Result>> {
    const { trace, ...terms } = options;
    const propose = (placed?: ProposeOptions['placed']) => {
      return this.raft.propose(encodeCommand(command), { ...terms, placed });
    };
    const proposed = trace === undefined ? propose() : this.trace.follow(trace, propose);
    return proposed as Promise<Proposed<Result>>;
  }
}

function checkKey(key: string): void {
  if (key === '') throw badRequest('The key is empty.');
  checkLength('key', key);
}

function checkLength(what: string, key: string): void {
  const bytes = Buffer.byteLength(key);
  if (bytes > maxKeyBytes) {
    throw tooLarge(`The ${what} has ${bytes} bytes of UTF-8; the limit is ${maxKeyBytes}.`);
  }
}

function tooLarge(message: string): HttpError {
  return new HttpError(413, errorBody('payload-too-large', message));
}
