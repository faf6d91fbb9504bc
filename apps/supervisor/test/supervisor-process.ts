import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type NodeProcess, ProcessList } from '@quorate/contract';
import { expect, onTestFinished } from 'vitest';
import { freePorts } from '../../../tools/lib/free-ports.mjs';
import { eventually } from './eventually.js';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const launcher = new URL('../../../tools/lib/supervise.mjs', import.meta.url).href;

/** Arguments that keep a supervisor on ports and in a directory of its own. */
export async function ownPlace(dataDir: string) {
  const port = await freePorts(20);
  const args = ['--data-dir', dataDir, '--port', String(port)];
  const ports = ['--http-port', String(port + 1), '--raft-port', String(port + 10)];
  return { port, args: [...args, ...ports] };
}

/** The real supervisor in a process of its own, that ends with the test. */
export class SupervisorProcess {
  readonly child: ChildProcess;
  output = '';
  readonly #ended: Promise<unknown[]>;

  private constructor(args: readonly string[], dataDir: string) {
    this.child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#ended = once(this.child, 'close');
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    onTestFinished(async () => {
      this.child.kill('SIGKILL');
      await this.#ended;
      for (const pid of nodePids(dataDir)) process.kill(pid, 'SIGKILL');
    });
  }

  static start(args: readonly string[], dataDir: string): SupervisorProcess {
    return new SupervisorProcess([main, ...args], dataDir);
  }

  /** By the launcher of `npm start`. */
  static launch(args: readonly string[], dataDir: string): SupervisorProcess {
    const script = `import { supervise } from ${JSON.stringify(launcher)};
      process.exit(await supervise(process.argv.slice(1)));`;
    return new SupervisorProcess(['--input-type=module', '-e', script, '--', ...args], dataDir);
  }

  /** Resolves once it has said so; fails with what it said instead. */
  async said(text: string): Promise<void> {
    let ended = false;
    void this.#ended.then(() => (ended = true));
    const settled = () => expect(ended || this.output.includes(text)).toBe(true);
    await eventually(settled, 60_000);
    expect(this.output).toContain(text);
  }

  /** Its exit code or signal. */
  async ended(): Promise<unknown> {
    const [code, signal] = await this.#ended;
    return code ?? signal;
  }

  async stop(): Promise<unknown> {
    this.child.kill('SIGTERM');
    return this.ended();
  }
}

/** The requests of one supervisor's page. */
export class Api {
  readonly #url: string;

  constructor(port: number) {
    this.#url = `http://127.0.0.1:${port}`;
  }

  async processes(): Promise<NodeProcess[]> {
    const response = await fetch(`${this.#url}/api/processes`);
    return ProcessList.parse(await response.json()).processes;
  }

  async post(path: string): Promise<NodeProcess> {
    const response = await fetch(`${this.#url}/api/nodes${path}`, { method: 'POST' });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as NodeProcess;
  }
}

/** Every process of this machine whose volume lies in the directory. */
export function nodePids(dataDir: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`RAFT_VOLUME_DIR=${dataDir}/`);
    } catch {
      return false;
    }
  });
}

/** Resolves once no node of the directory is left. */
export async function noNodeLeft(dataDir: string): Promise<void> {
  await eventually(() => expect(nodePids(dataDir)).toEqual([]));
}
