import type { Fault, Member, NodeProcess, NodeStatus, StatusFrame } from '@quorate/contract';

/** n1, n2 and n3 on the ports that they have by default. */
const number = (id: string) => Number(id.replace(/\D/g, ''));

export function member(id: string, role: Member['role'] = 'voter'): Member {
  const at = number(id) - 1;
  return { id, role, address: `127.0.0.1:${9000 + at}`, url: `http://127.0.0.1:${8000 + at}` };
}

export const three = ['n1', 'n2', 'n3'].map((id) => member(id));

export function process(id: string, changes: Partial<NodeProcess> = {}): NodeProcess {
  const at = number(id) - 1;
  return {
    id,
    state: 'running',
    pid: 4000 + at,
    url: `http://127.0.0.1:${8000 + at}`,
    httpPort: 8000 + at,
    raftPort: 9000 + at,
    startedAt: Date.now() - 192_000,
    restarts: 0,
    exitCode: null,
    exitSignal: null,
    log: [],
    ...changes,
  };
}

export const killed = { state: 'exited', pid: null, exitSignal: 'SIGKILL' } as const;

/** A follower of n1 in term 3 with ten entries, all committed and applied. */
export function status(id: string, changes: Partial<NodeStatus> = {}): NodeStatus {
  return {
    id,
    clusterId: 'c1',
    role: 'follower',
    term: 3,
    votedFor: 'n1',
    leader: { id: 'n1', address: '127.0.0.1:9000', url: 'http://127.0.0.1:8000' },
    firstIndex: 1,
    lastIndex: 10,
    lastTerm: 3,
    commitIndex: 10,
    appliedIndex: 10,
    durableIndex: 10,
    members: three,
    configurationIndex: 5,
    configurationCommitted: true,
    leaderContactMs: 20,
    electionInMs: 600,
    peers: [],
    connections: [],
    removed: false,
    outgoing: null,
    transferTo: null,
    timing: { electionMs: [500, 1000], heartbeatMs: 100 },
    snapshotIndex: 0,
    installing: null,
    sessions: 0,
    faults: null,
    storageFault: null,
    keys: 4,
    ...changes,
  };
}

/** n1 leading term 3. */
export function leading(id = 'n1', changes: Partial<NodeStatus> = {}): NodeStatus {
  return status(id, {
    role: 'leader',
    leader: { id, address: member(id).address, url: member(id).url },
    votedFor: id,
    leaderContactMs: null,
    electionInMs: null,
    peers: three
      .filter((peer) => peer.id !== id)
      .map((peer) => ({
        id: peer.id,
        state: 'replicate',
        match: 10,
        next: 11,
        inflight: 0,
        snapshot: null,
        lastContactMs: 20,
      })),
    connections: three
      .filter((peer) => peer.id !== id)
      .map((peer) => ({ id: peer.id, connected: true, error: null, protocol: 2 })),
    ...changes,
  });
}

/** A node that belongs to no cluster. */
export function blank(id: string): NodeStatus {
  return status(id, {
    clusterId: null,
    term: 0,
    votedFor: null,
    leader: null,
    lastIndex: 0,
    lastTerm: 0,
    commitIndex: 0,
    appliedIndex: 0,
    durableIndex: 0,
    members: [],
    configurationIndex: 0,
  });
}

export function frame(words: NodeStatus, run = 'run-1'): StatusFrame {
  return { run, frame: 1, at: 0, time: 0, clock: { machine: 'm', origin: 0 }, status: words };
}

/** Ann's cut of the way to n2, for half a minute more. */
export function fault(changes: Partial<Fault> = {}): Fault {
  return {
    id: 'f1',
    peer: 'n2',
    direction: 'out',
    effect: { type: 'cut' },
    owner: 'ann',
    ttlMs: 60_000,
    leftMs: 30_000,
    ...changes,
  };
}
