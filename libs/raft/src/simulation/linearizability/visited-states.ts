import type { Value } from './operation.js';

interface Visited {
  readonly chosen: Uint32Array;
  readonly state: Value;
}

/** Which operations have taken effect so far, and every such set that was tried, with its state. */
export class VisitedStates {
  private readonly chosen: Uint32Array;
  private readonly visited = new Map<number, Visited[]>();
  private count = 0;

  constructor(operations: number) {
    this.chosen = new Uint32Array(Math.ceil(operations / 32));
  }

  get size(): number {
    return this.count;
  }

  /** The operation takes effect, with this state after it. False, and it does not, when that was tried. */
  add(operation: number, state: Value): boolean {
    this.flip(operation);
    const key = this.hash(state);
    const same = this.visited.get(key);
    if (same?.some((each) => each.state === state && isEqual(each.chosen, this.chosen)) === true) {
      this.flip(operation);
      return false;
    }
    const visited = { chosen: this.chosen.slice(), state };
    if (same === undefined) this.visited.set(key, [visited]);
    else same.push(visited);
    this.count++;
    return true;
  }

  /** The operation has not taken effect after all. */
  leave(operation: number): void {
    this.flip(operation);
  }

  private flip(operation: number): void {
    const word = operation >>> 5;
    this.chosen[word] = (this.chosen[word] ?? 0) ^ (1 << (operation & 31));
  }

  private hash(state: Value): number {
    let hash = (state ?? -1) | 0;
    for (const word of this.chosen) {
      hash = Math.imul(hash ^ word, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }
}

function isEqual(a: Uint32Array, b: Uint32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
