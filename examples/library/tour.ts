import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  type Command,
  fileLog,
  fileSnapshots,
  planRecovery,
  RaftError,
  RaftNode,
  recoverVolume,
  type Restoration,
  type StateMachine,
  type TcpTls,
  tcpTransport,
} from '@quorate/raft';
import { logStoreSuite } from '@quorate/raft/testing';

/*
 * The code of docs/raft.md, region by region. tour.test.ts runs it, and sees to it that the page shows
 * what stands here.
 */

// #region machine
/** Counts words. A command is a word, and its result how often it has come so far. */
export class WordCount implements StateMachine<number> {
  #counts = new Map<string, number>();

  apply({ data }: Command): number {
    const word = new TextDecoder().decode(data);
    const count = this.count(word) + 1;
    this.#counts.set(word, count);
    return count;
  }

  count(word: string): number {
    return this.#counts.get(word) ?? 0;
  }

  snapshot(): Iterable<Uint8Array> {
    return [new TextEncoder().encode(JSON.stringify([...this.#counts]))];
  }

  restore(): Restoration {
    const chunks: Uint8Array[] = [];
    return {
      write: (chunk) => void chunks.push(chunk),
      finish: () => {
        const text = Buffer.concat(chunks).toString();
        this.#counts = new Map(JSON.parse(text) as [string, number][]);
      },
    };
  }
}
// #endregion

type Node = RaftNode<number>;

const word = (text: string) => new TextEncoder().encode(text);

export async function open(id: string, dir: string, port: number) {
  // #region open
  const words = new WordCount();
  const node = await RaftNode.open({
    id,
    stateMachine: words,
    log: fileLog({ dir }),
    snapshots: fileSnapshots({ dir: join(dir, 'snapshots') }),
    transport: tcpTransport({ listen: { host: '127.0.0.1', port } }),
  });
  // #endregion
  return { node, words };
}

export async function found(node: Node) {
  // #region bootstrap
  await node.bootstrap();
  // #endregion
}

export async function join2(node: Node, address: string) {
  // #region add
  await node.membership.add({ id: 'n2', address });
  // #endregion
}

export async function write(node: Node) {
  // #region propose
  const { index, term, result } = await node.propose(word('quorum'));
  // #endregion
  return { index, term, result };
}

export async function writeOrExplain(node: Node): Promise<string> {
  // #region errors
  try {
    const { result } = await node.propose(word('quorum'), { timeoutMs: 1000 });
    return `counted: ${result}`;
  } catch (error) {
    if (!(error instanceof RaftError)) throw error;
    if (error.outcome === 'unknown') return 'look before you try again';
    return error.retryable ? 'try again' : error.message;
  }
  // #endregion
}

export async function exactlyOnce(node: Node) {
  // #region session
  await using session = await node.openSession({ ttlMs: 60_000 });
  const { result } = await session.propose(word('once'));
  // #endregion
  return result;
}

export async function underKey(node: Node, requestId: string) {
  // #region key
  const first = await node.propose(word('order'), { key: requestId });
  const again = await node.propose(word('order'), { key: requestId }); // the same place and result
  // #endregion
  return [first, again] as const;
}

export async function read(node: Node, words: WordCount, index: number) {
  // #region read
  const count = await node.read(() => words.count('quorum'));
  const mine = await node.read(() => words.count('quorum'), {
    consistency: 'bounded',
    maxStaleMs: 200,
    minIndex: index,
  });
  // #endregion
  return [count, mine] as const;
}

export async function change(node: Node) {
  // #region membership
  const { configuration } = node.status;
  await node.membership.change(
    { demote: ['n3'], promote: ['n4'] },
    { expectedIndex: configuration.index },
  );
  await node.membership.remove('n3');
  // #endregion
}

export function openWithAutopilot(options: Parameters<typeof RaftNode.open<number>>[0]) {
  // #region autopilot
  return RaftNode.open({
    ...options,
    autopilot: { removeDeadAfterMs: 60_000, minVoters: 3, dryRun: true },
  });
  // #endregion
}

export async function leave(node: Node) {
  // #region transfer
  await node.transferLeadership('n2');
  await node.close(); // hands over by itself, too
  // #endregion
}

export async function takeOver(node: Node) {
  // #region campaign
  const term = await node.campaign();
  // #endregion
  return term;
}

export async function backUp(node: Node, path: string) {
  // #region export
  await node.snapshot();
  await pipeline(node.exportSnapshot(), createWriteStream(path));
  // #endregion
}

export async function restore(path: string, dir: string, address: string) {
  // #region restore
  await RaftNode.restore({
    id: 'n1',
    address,
    log: fileLog({ dir }),
    snapshots: fileSnapshots({ dir: join(dir, 'snapshots') }),
    source: createReadStream(path),
  });
  // #endregion
}

export async function recover(dir: string, address: string) {
  const snapshots = fileSnapshots({ dir: join(dir, 'snapshots') });
  // #region recover
  const plan = await planRecovery({ id: 'n1', dir, snapshots });
  const record = await recoverVolume({
    id: 'n1',
    dir,
    snapshots,
    address,
    reason: 'the machines of n2 and n3 are gone',
  });
  // #endregion
  return { plan, record };
}

export async function follow(node: Node, signal: AbortSignal) {
  const seen: string[] = [];
  // #region watch
  for await (const { role, term, commitIndex } of node.watch({ signal })) {
    seen.push(`${role} in term ${term}, committed up to ${commitIndex}`);
  }
  for await (const event of node.events({ since: 1, signal })) {
    seen.push(event.type);
  }
  // #endregion
  return seen;
}

export function listen(node: Node) {
  const heard: string[] = [];
  // #region tap
  let messages = 0;
  const end = node.tap({
    sent: (to, { type }) => {
      heard.push(`${type} to ${to}`);
      return ++messages; // names it, at the other end too
    },
    received: ({ from, message, traceId }) => heard.push(`${message.type} ${traceId} of ${from}`),
    lost: ({ peer, reason }) => heard.push(`lost between here and ${peer}: ${reason}`),
    wrote: ({ entries }) => heard.push(`${entries.length} entries`),
    moved: ({ commit, applied }) => heard.push(`committed ${commit}, applied ${applied}`),
  });
  // #endregion
  return { heard, end };
}

export function tune(node: Node) {
  // #region reconfigure
  node.reconfigure({ limits: { trailingEntries: 50_000 }, timing: { electionMs: [800, 1600] } });
  // #endregion
}

export function withTls(tls: TcpTls) {
  // #region tls
  const transport = tcpTransport({
    listen: { host: '0.0.0.0', port: 9000 },
    advertise: 'n1:9000',
    tls,
  });
  transport.setTls(tls); // new certificates, without a restart
  // #endregion
  return transport;
}

export function trySuite(test: (name: string, run: () => Promise<void>) => void, dir: string) {
  let stores = 0;
  // #region suite
  const blank = () => {
    const place = join(dir, `store-${++stores}`);
    return Promise.resolve(() => fileLog({ dir: place }));
  };
  for (const each of logStoreSuite) test(each.name, () => each.run(blank));
  // #endregion
}
