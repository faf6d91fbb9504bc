import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A child process with the end of what it printed, for the message when it dies. */
export class Child {
  private printed = '';

  private constructor(
    readonly name: string,
    readonly process: ChildProcess,
  ) {
    const keep = (chunk: Buffer) => (this.printed = (this.printed + chunk.toString()).slice(-4000));
    process.stdout?.on('data', keep);
    process.stderr?.on('data', keep);
  }

  static start(
    name: string,
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    ipc = false,
  ): Child {
    const stdio = ipc
      ? (['ignore', 'pipe', 'pipe', 'ipc'] as const)
      : (['ignore', 'pipe', 'pipe'] as const);
    return new Child(
      name,
      spawn(command, args, {
        env: { ...process.env, ...env },
        stdio: [...stdio],
        serialization: 'advanced',
      }),
    );
  }

  get isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (!this.isRunning) return;
    const exited = once(this.process, 'exit');
    this.process.kill(signal);
    const insist = setTimeout(() => this.process.kill('SIGKILL'), 10_000);
    await exited;
    clearTimeout(insist);
  }

  /** An error that says what it printed. */
  failure(what: string): Error {
    return new Error(`${this.name}: ${what}\n${this.printed}`);
  }
}

/** Waits for a condition; the error names what never came. */
export async function until<T>(
  what: string,
  condition: () => Promise<T | null>,
  withinMs = 60_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await condition().catch(() => null);
    if (found !== null) return found;
    if (performance.now() > deadline) throw new Error(`waited ${withinMs / 1000} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
