import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Ask, Told } from '../children/protocol.js';
import { Child } from './child.js';

const script = fileURLToPath(new URL('../children/member.js', import.meta.url));

/** One process with the library alone. */
export class Member {
  address = '';

  private constructor(private readonly child: Child) {}

  static async start(id: string, dir: string): Promise<Member> {
    const env = { MEMBER_ID: id, MEMBER_DIR: join(dir, id), NODE_ENV: 'production' };
    const member = new Member(Child.start(id, process.execPath, [script], env, true));
    const told = await member.told();
    if (told.type === 'open') member.address = told.address;
    return member;
  }

  async ask<Type extends Told['type']>(
    ask: Ask,
    type: Type,
  ): Promise<Extract<Told, { type: Type }>> {
    const answer = this.told();
    this.child.process.send(ask);
    const told = await answer;
    if (told.type === type) return told as Extract<Told, { type: Type }>;
    throw this.child.failure(`answered ${JSON.stringify(told)}`);
  }

  end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGKILL'): Promise<void> {
    return this.child.end(signal);
  }

  private async told(): Promise<Told> {
    const { process } = this.child;
    const settled = new AbortController();
    const { signal } = settled;
    const gone = once(process, 'exit', { signal }).then(() => {
      throw this.child.failure('ended before it answered');
    });
    try {
      const [told] = (await Promise.race([once(process, 'message', { signal }), gone])) as [Told];
      return told;
    } finally {
      gone.catch(() => undefined);
      settled.abort();
    }
  }
}

/** Processes that form one cluster of the library alone; the first one leads. */
export async function startMembers(parent: string, count: number) {
  const dir = await mkdtemp(join(parent, 'members-'));
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].slice(0, count);
  const members = await Promise.all(ids.map((id) => Member.start(id, dir)));
  const [leader, ...others] = members;
  if (leader === undefined) throw new Error('a cluster needs a member');
  await leader.ask({ type: 'bootstrap' }, 'done');
  for (const [at, { address }] of others.entries()) {
    await leader.ask({ type: 'add', id: ids[at + 1] ?? '', address }, 'done');
  }
  return {
    leader,
    dir,
    async stop(): Promise<void> {
      await Promise.all(members.map((member) => member.end()));
      await rm(dir, { recursive: true, force: true });
    },
  };
}
