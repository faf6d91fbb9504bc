import { startMembers } from '../clusters/members.js';

export interface LibraryLoad {
  readonly bytes: number;
  readonly outstanding: number;
  readonly seconds: number;
}

/** Proposals of the leader, committed by three processes that all sync, and applied. */
export async function libraryRates(parent: string, loads: readonly LibraryLoad[]) {
  const cluster = await startMembers(parent, 3);
  try {
    const measured = [];
    for (const { bytes, outstanding, seconds } of loads) {
      const ask = { type: 'propose', bytes, outstanding } as const;
      await cluster.leader.ask({ ...ask, until: { seconds: 0.5 } }, 'proposed');
      const { rate, p50, p99 } = await cluster.leader.ask(
        { ...ask, until: { seconds } },
        'proposed',
      );
      measured.push({ bytes, outstanding, rate, p50, p99 });
    }
    return measured;
  } finally {
    await cluster.stop();
  }
}
