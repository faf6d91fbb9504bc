import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { NodeStatus } from '@quorate/contract';
import { until } from './until.js';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Runs the program to its end, as a shell would. */
export async function runToEnd(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Exit & { readonly output: string }> {
  const process = spawnNode(args, env);
  const lines = linesOf(process);
  const exit = await exitOf(process);
  return { ...exit, output: lines.join('') };
}

/** One real node process. */
export class NodeProcess {
  readonly url: string;
  readonly #env: NodeJS.ProcessEnv;
  #process: ChildProcess | null = null;
  #output: string[] = [];
  #exit: Promise<Exit> | null = null;

  constructor(
    readonly id: string,
    readonly httpPort: number,
    readonly raftPort: number,
    readonly volumeDir: string,
    env: NodeJS.ProcessEnv = {},
  ) {
    this.url = `http://127.0.0.1:${httpPort}`;
    this.#env = {
      RAFT_NODE_ID: id,
      HTTP_SERVER_PORT: String(httpPort),
      RAFT_SERVER_PORT: String(raftPort),
      RAFT_VOLUME_DIR: volumeDir,
      ...env,
    };
  }

  /** Resolves once the node answers; rejects with what it printed when it ends instead. */
  async start(env: NodeJS.ProcessEnv = {}, stdio: StdioOptions = 'pipe'): Promise<void> {
    const process = spawnNode([], { ...this.#env, ...env }, stdio);
    this.#process = process;
    this.#output = linesOf(process);
    this.#exit = exitOf(process);
    const ended = this.#exit.then(() => {
      throw new Error(`${this.id} ended: ${this.output}`);
    });
    await Promise.race([until(`${this.id} answers`, () => this.fetch('/health/live')), ended]);
  }

  get output(): string {
    return this.#output.join('');
  }

  /** The channel that a supervisor holds. */
  disconnect(): void {
    this.#process?.disconnect();
  }

  signal(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  get exit(): Promise<Exit> {
    return this.#exit ?? Promise.reject(new Error(`${this.id} was never started`));
  }

  async end(signal: NodeJS.Signals): Promise<Exit> {
    this.signal(signal);
    return this.exit;
  }

  fetch(path: string, init?: RequestInit): Promise<Response> {
    return fetch(`${this.url}${path}`, init);
  }

  async status(): Promise<NodeStatus> {
    const response = await this.fetch('/status');
    return NodeStatus.parse(await response.json());
  }
}

/** What still runs when a test was cut off goes with the process of the tests. */
const spawned = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of spawned) child.kill('SIGKILL');
});

function spawnNode(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  stdio: StdioOptions = 'pipe',
): ChildProcess {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env.PATH, LOG_FORMAT: 'pretty', ...env },
    stdio,
  });
  spawned.add(child);
  child.on('exit', () => spawned.delete(child));
  return child;
}

function linesOf(process: ChildProcess): string[] {
  const output: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  }
  return output;
}

/** The end of the process, and of all that it printed. */
async function exitOf(process: ChildProcess): Promise<Exit> {
  const streams = [process.stdout, process.stderr].filter((stream) => stream !== null);
  const [[code, signal]] = await Promise.all([
    once(process, 'exit') as Promise<[number | null, NodeJS.Signals | null]>,
    ...streams.map((stream) => finished(stream)),
  ]);
  return { code, signal };
}
