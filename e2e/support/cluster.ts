import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  EventBatch,
  type FaultEffect,
  type NodeEvent,
  NodeStatus,
  type NodeProcess,
  type ProcessAction,
  ProcessList,
} from '@quorate/contract';
import { io } from 'socket.io-client';
import { freePorts } from '../../tools/lib/free-ports.mjs';

const supervisor = createRequire(import.meta.url).resolve('@quorate/supervisor');

/** Room for nodes that a test adds. */
const maxNodes = 6;

/** A supervisor with its node processes, on ports and a data directory of their own. */
export class Cluster {
  private output = '';

  private constructor(
    private readonly process: ChildProcess,
    readonly port: number,
    private readonly dataDir: string,
  ) {
    const collect = (chunk: Buffer) => (this.output += chunk.toString());
    process.stdout?.on('data', collect);
    process.stderr?.on('data', collect);
  }

  static async start(): Promise<Cluster> {
    const dataDir = await mkdtemp(join(tmpdir(), 'quorate-e2e-'));
    const port = await freePorts(1);
    const nodePorts = await freePorts(2 * maxNodes);
    const options = {
      '--port': port,
      '--http-port': nodePorts,
      '--raft-port': nodePorts + maxNodes,
      '--data-dir': dataDir,
    };
    const args = Object.entries(options).flatMap(([name, value]) => [name, String(value)]);
    const child = spawn(process.execPath, [supervisor, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const cluster = new Cluster(child, port, dataDir);
    await cluster.until(async () => (await cluster.leader()) !== null, 'a leader');
    return cluster;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Ends the supervisor with all its nodes. */
  async end(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const exited = once(this.process, 'exit');
      this.process.kill('SIGTERM');
      await exited;
    }
  }

  async stop(): Promise<void> {
    await this.end();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  async processes(): Promise<readonly NodeProcess[]> {
    const response = await fetch(`${this.url}/api/processes`);
    return ProcessList.parse(await response.json()).processes;
  }

  async node(id: string): Promise<NodeProcess> {
    const found = (await this.processes()).find((process) => process.id === id);
    if (found === undefined) throw new Error(`there is no node ${id}`);
    return found;
  }

  /** Has the supervisor do something with a node's process. */
  async act(id: string, action: ProcessAction): Promise<void> {
    const response = await fetch(`${this.url}/api/nodes/${id}/${action}`, { method: 'POST' });
    if (!response.ok) throw new Error(`${action} ${id}: ${await response.text()}`);
  }

  /** Injects a fault on the way from one node to another, without the page. */
  async fault(from: string, to: string, effect: FaultEffect): Promise<void> {
    const { url } = await this.node(from);
    const wanted = { peer: to, direction: 'out', effect, owner: 'a test', ttlMs: 60_000 };
    const response = await fetch(`${url}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wanted),
    });
    if (!response.ok) throw new Error(`${from} to ${to}: ${await response.text()}`);
  }

  /** What the node says of itself; null when it does not answer. */
  async status(id: string): Promise<NodeStatus | null> {
    const { url } = await this.node(id);
    try {
      const response = await fetch(`${url}/status`, { signal: AbortSignal.timeout(1000) });
      return NodeStatus.parse(await response.json());
    } catch {
      return null;
    }
  }

  /** The events that a node still keeps, oldest first. */
  async events(id: string): Promise<readonly NodeEvent[]> {
    const { url } = await this.node(id);
    const socket = io(url, { transports: ['websocket'], reconnection: false });
    try {
      return await new Promise((resolve, reject) => {
        socket.on('connect', () => socket.emit('resume', { run: null, seq: 0 }));
        socket.on('connect_error', reject);
        socket.on('events', (batch: unknown) => resolve(EventBatch.parse(batch).events));
      });
    } finally {
      socket.close();
    }
  }

  /** The node that leads the highest term, and is followed by a majority. */
  async leader(): Promise<string | null> {
    const all = await this.processes().catch(() => []);
    const answers = await Promise.all(all.map(({ id }) => this.status(id)));
    const statuses = answers.filter((status) => status !== null);
    const term = Math.max(0, ...statuses.map((status) => status.term));
    const leader = statuses.find((status) => status.role === 'leader' && status.term === term);
    if (leader === undefined) return null;
    const followers = statuses.filter(
      (status) => status.term === term && status.leader?.id === leader.id,
    );
    const voters = leader.members.filter(({ role }) => role === 'voter').length;
    return followers.length > voters / 2 && voters >= 3 ? leader.id : null;
  }

  /** Hands leadership over, without the page, and tells who leads then. */
  async transfer(): Promise<string> {
    const before = (await this.leader()) ?? '';
    const { url } = await this.node(before);
    const response = await fetch(`${url}/leadership/transfer`, { method: 'POST' });
    if (!response.ok) throw new Error(`handing over from ${before}: ${await response.text()}`);
    let after = before;
    await this.until(async () => {
      after = (await this.leader()) ?? before;
      return after !== before;
    }, `another leader than ${before}`);
    return after;
  }

  /** Waits for a condition, and says what the processes printed if it does not come. */
  async until(condition: () => Promise<boolean>, what: string, withinMs = 30_000): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!(await condition())) {
      if (Date.now() > deadline || this.process.exitCode !== null) {
        throw new Error(`waited for ${what}\n${this.output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async get(id: string, key: string): Promise<string | null> {
    const { url } = await this.node(id);
    const response = await fetch(`${url}/kv/${encodeURIComponent(key)}`);
    return response.status === 404 ? null : response.text();
  }

  async set(id: string, key: string, value: string): Promise<Response> {
    const { url } = await this.node(id);
    return fetch(`${url}/kv/${encodeURIComponent(key)}`, { method: 'PUT', body: value });
  }
}
