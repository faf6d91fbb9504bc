import { test } from 'vitest';
import type { CoreOptions } from '../core/options.js';
import { RaftCore } from '../core/raft-core.js';
import { simulate } from './index.js';
class ForgetsItsVote extends RaftCore {
  constructor(options: CoreOptions) {
    super({ ...options, hardState: { ...options.hardState, votedFor: null } });
  }
}
test('rate', () => {
  for (const [nodes, durationMs] of [[3, 20000], [5, 20000], [5, 8000], [4, 20000]] as const) {
    const t = performance.now(); let n = 0; const found: number[] = [];
    for (let seed = 1; performance.now() - t < 45000; seed++) {
      n++;
      const r = simulate({ seed, nodes, durationMs, createCore: (o) => new ForgetsItsVote(o) });
      if (r.violation) found.push(seed);
    }
    console.log(nodes, durationMs, n, found.join());
  }
}, 600000);
