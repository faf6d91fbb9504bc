import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds that processes get to leave after the command that started them. */
const leaveMs = 5000;

/**
 * Finds what commands leave behind. Everything that they start inherits a mark in its environment,
 * and every temporary file goes to one folder. A port is held by a process, so it needs no search.
 */
export class LeftoverWatch {
  #mark = `QUORATE_RUN=${randomUUID()}`;
  #temporary = mkdtempSync(join(tmpdir(), 'quorate-test-'));

  /** The environment to run commands in. */
  get env() {
    const [name, value] = this.#mark.split('=');
    return { [name]: value, TMPDIR: this.#temporary };
  }

  /** A line for each process and file of ours that is left; other programs keep caches there. */
  async find() {
    const deadline = Date.now() + leaveMs;
    while (this.#processes().length > 0 && Date.now() < deadline) await sleep(100);
    return [
      ...this.#processes().map(({ pid, command }) => `process ${pid}: ${command}`),
      ...readdirSync(this.#temporary)
        .filter((name) => name.startsWith('quorate-'))
        .map((name) => `temporary file: ${name}`),
    ];
  }

  /** Ends and removes what is left. */
  clear() {
    for (const { pid } of this.#processes()) kill(pid);
    rmSync(this.#temporary, { recursive: true, force: true });
  }

  #processes() {
    // Without /proc nothing can be found.
    if (!existsSync('/proc/self/environ')) return [];
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids
      .filter((pid) => read(pid, 'environ').split('\0').includes(this.#mark))
      .map((pid) => ({
        pid: Number(pid),
        command: read(pid, 'cmdline').replaceAll('\0', ' ').trim().slice(0, 200),
      }));
  }
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Empty for a process that has ended meanwhile, or is somebody else's. */
function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
