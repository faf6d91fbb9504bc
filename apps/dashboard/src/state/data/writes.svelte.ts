import { performKv } from '../../api/kv-api.js';
import type { Address } from '../../api/node-streams.js';
import { type Problem, problemOf, RequestFailure } from '../../core/failure.js';
import type { KeyOperation } from '../../core/keys/kv-request.js';

import type { FollowedWrite } from '../../core/writes/life.js';
import { answeredWrite, newWrite } from '../new-write.js';

type WriteOperation = Exclude<KeyOperation, { readonly verb: 'get' }>;

/** Writes kept on the page, with what would undo them. */
const kept = 8;

/** One write that was asked for on this page, and what came of it. */
export interface Write {
  readonly id: number;
  readonly node: string;
  readonly operation: WriteOperation;
  /** Whether it takes back an earlier one. */
  readonly isUndo: boolean;
  readonly followed: FollowedWrite;
  readonly result:
    | { readonly state: 'requested' }
    | { readonly state: 'done'; readonly index: number; readonly term: number }
    /** Somebody else wrote the key meanwhile: nothing was changed. */
    | { readonly state: 'refused' }
    | { readonly state: 'failed'; readonly problem: Problem };
  /** What would put back what was there; null when nothing is to be put back. */
  readonly undo: WriteOperation | null;
}

/** What was written here. Nothing is shown as done before the node says so. */
export class Writes {
  #all = $state.raw<readonly Write[]>([]);
  #asked = 0;

  /** Newest first. */
  get all(): readonly Write[] {
    return this.#all;
  }

  /** @param before the value that was there; null for none */
  async perform(
    address: Address,
    operation: WriteOperation,
    before: Uint8Array<ArrayBuffer> | null,
    isUndo = false,
  ): Promise<Write['result']> {
    this.#asked += 1;
    const id = this.#asked;
    const followed = newWrite();
    const write: Write = {
      id,
      node: address.id,
      operation,
      isUndo,
      followed,
      undo: null,
      result: { state: 'requested' },
    };
    this.#all = [write, ...this.#all].slice(0, kept);
    const result = await answered(address, operation, followed.trace);
    const settled: Write =
      result.state === 'done'
        ? {
            ...write,
            result,
            undo: inverse(operation, result.index, before),
            followed: answeredWrite(followed, result),
          }
        : { ...write, result };
    this.#all = this.#all.map((one) => (one.id === id ? settled : one));
    return result;
  }

  /** Puts back what was there before a write, unless somebody wrote meanwhile. */
  async undo(write: Write, address: Address): Promise<Write['result'] | null> {
    if (write.undo === null) return null;
    const after = write.operation.verb === 'set' ? bytesOf(write.operation.value) : null;
    const { undo } = write;
    this.#all = this.#all.map((one) => (one.id === write.id ? { ...one, undo: null } : one));
    return this.perform(address, undo, after, true);
  }
}

async function answered(
  address: Address,
  operation: WriteOperation,
  trace: string,
): Promise<Write['result']> {
  try {
    const answer = await performKv(address, operation, trace);
    if (answer.verb === 'get') throw new Error('a write was answered as a read');
    return { state: 'done', index: answer.index, term: answer.term };
  } catch (error) {
    if (error instanceof RequestFailure && error.body.code === 'condition-failed') {
      return { state: 'refused' };
    }
    return { state: 'failed', problem: problemOf(error, 'change') };
  }
}

function inverse(
  { verb, key }: WriteOperation,
  index: number,
  before: Uint8Array<ArrayBuffer> | null,
): WriteOperation | null {
  // After a removal there is no such key; after a set it is as that entry wrote it.
  const condition = { index: verb === 'remove' ? null : index };
  if (before !== null) return { verb: 'set', key, value: before, condition };
  return verb === 'remove' ? null : { verb: 'remove', key, condition };
}

function bytesOf(value: string | Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return typeof value === 'string' ? new TextEncoder().encode(value) : value;
}
