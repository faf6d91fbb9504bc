import { fileLog, RaftNode, tcpTransport } from '@quorate/raft';

/** A counter that every member of the cluster agrees on. */
export async function replicatedCounter(id: string, port: number, dir: string) {
  let count = 0;
  const node = await RaftNode.open({
    id,
    stateMachine: { apply: ({ data }) => (count += data[0] ?? 0) },
    log: fileLog({ dir }),
    transport: tcpTransport({ listen: { host: '127.0.0.1', port } }),
  });
  const add = async (n: number) => (await node.propose(Uint8Array.of(n))).result;
  const read = () => node.read(() => count);
  return { node, add, read };
}
