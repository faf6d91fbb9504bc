import { linkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { SupervisorError } from '../errors.js';
import { readJson, writeJson } from './json-file.js';
import { identify, isAlive, isErrno, ProcessIdentity } from './process-identity.js';

const Contents = z.object({
  supervisor: ProcessIdentity,
  /** Of the dashboard. */
  port: z.number().int(),
  nodes: z.array(ProcessIdentity.extend({ id: z.string() })),
});
type Contents = z.infer<typeof Contents>;

/** Milliseconds that left-over nodes get to notice by themselves that their supervisor is gone. */
const leaveMs = 5000;
/** Milliseconds for the kernel to end a process that was killed, after the disk that it waits for. */
const killMs = 10_000;

export interface RunningNode {
  id: string;
  pid: number;
}

/**
 * `processes.json` in the data directory: who runs here. It keeps a second supervisor out, and
 * lets the next one find the nodes of a supervisor that was killed: a paused node cannot notice
 * that death itself.
 */
export class PidFile {
  readonly #file: string;
  readonly #contents: Omit<Contents, 'nodes'>;

  private constructor(file: string, contents: Omit<Contents, 'nodes'>) {
    this.#file = file;
    this.#contents = contents;
  }

  /**
   * Takes the data directory for this process. Call `endLeftovers` before.
   * @param port of the dashboard, for the message that a second supervisor gets
   * @throws SupervisorError `already-running`
   */
  static acquire(dataDir: string, port: number): PidFile {
    const file = fileIn(dataDir);
    const contents = { supervisor: identify(process.pid), port };
    const draft = `${file}.${process.pid}`;
    writeJson(draft, { ...contents, nodes: [] });
    try {
      linkSync(draft, file);
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error;
      throw alreadyRunning(dataDir, read(file));
    } finally {
      rmSync(draft);
    }
    return new PidFile(file, contents);
  }

  record(nodes: readonly RunningNode[]): void {
    writeJson(this.#file, {
      ...this.#contents,
      nodes: nodes.map(({ id, pid }) => ({ id, ...identify(pid) })),
    });
  }

  release(): void {
    rmSync(this.#file, { force: true });
  }
}

/**
 * Ends the nodes that a dead supervisor left behind, within about 5 s, and returns them.
 * Does nothing while the supervisor lives.
 */
export async function endLeftovers(dataDir: string): Promise<RunningNode[]> {
  const file = fileIn(dataDir);
  const contents = read(file);
  if (!contents || isAlive(contents.supervisor)) return [];
  const leftovers = contents.nodes.filter(isAlive);
  // A paused node wakes up, finds its supervisor gone, and ends by itself like the others.
  for (const { pid } of leftovers) signal(pid, 'SIGCONT');
  for (const { pid } of await stillThere(leftovers, leaveMs)) signal(pid, 'SIGKILL');
  const immortal = await stillThere(leftovers, killMs);
  if (immortal.length > 0) {
    const pids = immortal.map(({ pid }) => pid).join(', ');
    throw new SupervisorError(
      'already-running',
      `Nodes of an earlier start still run and cannot be ended (pid ${pids}): end them first.`,
    );
  }
  rmSync(file, { force: true });
  return leftovers.map(({ id, pid }) => ({ id, pid }));
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'processes.json');
}

function read(file: string): Contents | null {
  return readJson(
    file,
    Contents,
    'Make sure that no node of this directory runs any more, then remove the file.',
  );
}

function alreadyRunning(dataDir: string, holder: Contents | null): SupervisorError {
  const who = holder
    ? `(pid ${holder.supervisor.pid}) already runs on ${dataDir}; its dashboard is http://localhost:${holder.port}`
    : `starts or ends on ${dataDir} at this moment`;
  return new SupervisorError(
    'already-running',
    `A supervisor ${who}. Stop it first, or choose another directory with --data-dir.`,
  );
}

async function stillThere<T extends ProcessIdentity>(processes: T[], ms: number): Promise<T[]> {
  const deadline = Date.now() + ms;
  while (processes.some(isAlive) && Date.now() < deadline) await sleep(20);
  return processes.filter(isAlive);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!isErrno(error, 'ESRCH')) throw error;
  }
}
