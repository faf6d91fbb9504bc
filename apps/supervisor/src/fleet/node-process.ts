import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeProcess as Description, ProcessState } from '@quorate/contract';
import type { Place } from '../data/place.js';
import { SupervisorError } from '../errors.js';
import { Conditions } from './conditions.js';
import { LogTail } from './log-tail.js';
import { NodeClient } from './node-client.js';

/** Milliseconds that a start may take until the node answers. */
const startMs = 30_000;
/** Milliseconds from SIGTERM to SIGKILL. */
const stopMs = 5000;
/** Milliseconds for the kernel to end a process that was killed, after the disk that it waits for. */
const killMs = 10_000;

export interface NodeProcessInit {
  place: Place;
  /** The program, run by this very Node.js. */
  script: string;
  /** Its whole environment. */
  env: NodeJS.ProcessEnv;
  /** Told after each change: of the state, or only of the log. */
  changed: (what: 'state' | 'log') => void;
}

/**
 * One node's process:
 *
 *     exited → starting → running ⇄ paused
 *        ↑        └──────────┴────────┴──→ stopping ─┐
 *        └───────────────────────────────────────────┘
 *
 * A node that ends by itself goes to `exited` from anywhere, and is not started again: why it
 * ended is worth a look. Every action may be called in every state; one that is already true does
 * nothing, one that makes no sense throws `conflict`.
 */
export class NodeProcess {
  readonly place: Place;
  readonly client: NodeClient;
  readonly #init: NodeProcessInit;
  readonly #log = new LogTail();
  readonly #conditions = new Conditions();
  #state: ProcessState = 'exited';
  #child: ChildProcess | null = null;
  #answered = false;
  #stopAsked = false;
  #retired = false;
  #starts = 0;
  #startedAt: number | null = null;
  #exitCode: number | null = null;
  #exitSignal: string | null = null;

  constructor(init: NodeProcessInit) {
    this.#init = init;
    this.place = init.place;
    this.client = new NodeClient(init.place.id, init.place.httpPort);
  }

  get id(): string {
    return this.place.id;
  }

  get state(): ProcessState {
    return this.#state;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Whether the last process ended although nobody asked it to. */
  get crashed(): boolean {
    return this.#state === 'exited' && this.#starts > 0 && !this.#stopAsked;
  }

  describe(): Description {
    return {
      id: this.id,
      state: this.#state,
      pid: this.pid,
      url: this.client.url,
      httpPort: this.place.httpPort,
      raftPort: this.place.raftPort,
      startedAt: this.#startedAt,
      restarts: Math.max(0, this.#starts - 1),
      exitCode: this.#exitCode,
      exitSignal: this.#exitSignal,
      log: [...this.#log.lines],
    };
  }

  /** How it ended and its last words. */
  obituary(): string {
    const how = this.#exitSignal ? `by ${this.#exitSignal}` : `with code ${this.#exitCode ?? '?'}`;
    const words = this.#log.lines.slice(-10).map((line) => `\n    ${line}`);
    return `${this.id} ended ${how}${words.length > 0 ? '; its last lines:' : ''}${words.join('')}`;
  }

  /** Starts the process, and resolves when the node answers. */
  async start(): Promise<void> {
    if (this.#retired) throw new SupervisorError('shutting-down', 'The supervisor is stopping.');
    if (this.#state === 'paused' || this.#state === 'stopping') throw this.#conflict('start');
    if (this.#state === 'exited') this.#spawn();
    if (!(await this.#conditions.until(() => this.#state !== 'starting', startMs))) {
      throw new SupervisorError(
        'node-timeout',
        `${this.id} (pid ${this.pid ?? '?'}) runs, but does not answer on port ` +
          `${this.place.httpPort} after ${startMs / 1000} s. Its log may say why.`,
      );
    }
    if (this.crashed) throw new SupervisorError('node-exited', this.obituary());
    if (this.#stopAsked) throw this.#conflict('start');
  }

  /** Asks it to end (SIGTERM), and makes it (SIGKILL) after 5 s. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    if (!this.#stopAsked) {
      this.#askedToStop();
      child.kill('SIGTERM');
      child.kill('SIGCONT');
    }
    if (!(await this.#conditions.until(() => this.#child !== child, stopMs))) child.kill('SIGKILL');
    await this.#gone(child);
  }

  /** Ends it at once (SIGKILL). */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#askedToStop();
    child.kill('SIGKILL');
    await this.#gone(child);
  }

  /** Freezes it (SIGSTOP): it holds its connections, but does nothing. */
  pause(): void {
    if (this.#state === 'paused') return;
    if (this.#state !== 'running' && this.#state !== 'starting') throw this.#conflict('pause');
    this.#child?.kill('SIGSTOP');
    this.#to('paused');
  }

  /** Lets it go on (SIGCONT). */
  resume(): void {
    if (this.#state === 'running' || this.#state === 'starting') return;
    if (this.#state !== 'paused') throw this.#conflict('resume');
    this.#child?.kill('SIGCONT');
    this.#to(this.#answered ? 'running' : 'starting');
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Stops it for good. */
  async retire(): Promise<void> {
    this.#retired = true;
    await this.stop();
  }

  #spawn(): void {
    // An IPC channel, over which nothing is said: its end tells the node that we are gone.
    const child = fork(this.#init.script, [], {
      env: this.#init.env,
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    this.#starts += 1;
    this.#answered = false;
    this.#stopAsked = false;
    this.#startedAt = Date.now();
    this.#exitCode = null;
    this.#exitSignal = null;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.#log.take(chunk);
        this.#init.changed('log');
      });
    }
    // Not `exit`: its last words may still be in the pipe then.
    child.once('close', (code, signal) => {
      this.#ended(child, code, signal);
    });
    child.once('error', (error) => {
      this.#log.add(`the process could not be started: ${error.message}`);
      if (child.pid === undefined) this.#ended(child, null, null);
    });
    this.#to('starting');
    void this.#awaitAnswer(child);
  }

  async #awaitAnswer(child: ChildProcess): Promise<void> {
    while (this.#child === child && !this.#answered) {
      this.#answered = (await this.client.status()) !== null && this.#child === child;
      if (!this.#answered) await sleep(25);
    }
    if (this.#child === child && this.#state === 'starting') this.#to('running');
  }

  #askedToStop(): void {
    this.#stopAsked = true;
    this.#to('stopping');
  }

  #ended(child: ChildProcess, code: number | null, signal: string | null): void {
    if (this.#child !== child) return;
    this.#child = null;
    this.#exitCode = code;
    this.#exitSignal = signal;
    this.#to('exited');
  }

  #to(state: ProcessState): void {
    this.#state = state;
    this.#conditions.changed();
    this.#init.changed('state');
  }

  async #gone(child: ChildProcess): Promise<void> {
    if (await this.#conditions.until(() => this.#child !== child, killMs)) return;
    throw new SupervisorError(
      'node-timeout',
      `${this.id} (pid ${child.pid ?? '?'}) was killed, but the system has not ended it yet.`,
      true,
    );
  }

  #conflict(action: string): SupervisorError {
    return new SupervisorError(
      'conflict',
      `${this.id} is ${this.#state}: it cannot ${action} now.`,
      this.#state === 'stopping',
    );
  }
}
