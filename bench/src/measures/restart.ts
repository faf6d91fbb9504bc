import { Member, startMembers } from '../clusters/members.js';

/** From starting the process to its first linearizable read, with so many entries in its log, ms. */
export async function restartMs(parent: string, entries: number): Promise<number> {
  const cluster = await startMembers(parent, 1);
  try {
    const until = { commands: entries };
    await cluster.leader.ask({ type: 'propose', bytes: 64, outstanding: 4096, until }, 'proposed');
    await cluster.leader.end('SIGKILL');
    const begun = performance.now();
    const again = await Member.start('a', cluster.dir);
    const { applied } = await again.ask({ type: 'read' }, 'read');
    const took = performance.now() - begun;
    await again.end();
    if (applied < entries) throw new Error(`only ${applied} of ${entries} commands came back`);
    return took;
  } finally {
    await cluster.stop();
  }
}
