import { fork } from 'node:child_process';
import { join } from 'node:path';
import { ended } from './child.mjs';
import { root, say } from './workspace.mjs';

const supervisor = join(root, 'apps', 'supervisor', 'dist');

/**
 * Runs the supervisor until it ends, and returns its exit code. If it was killed, the nodes that
 * it leaves are ended: most notice by themselves, but one that is paused cannot.
 */
export async function supervise(args) {
  process.chdir(root);
  // Over the IPC channel nothing is said: its end tells the supervisor that the launcher is gone.
  const { code, signal } = await ended(fork(join(supervisor, 'main.js'), args, { execArgv: [] }));
  if (signal) say(`The supervisor was ended by ${signal}. Ending its nodes.`);
  await endNodes(args);
  return code;
}

async function endNodes(args) {
  const { readOptions } = await import(join(supervisor, 'cli', 'options.js'));
  const { endLeftovers } = await import(join(supervisor, 'data', 'pid-file.js'));
  for (const { id, pid } of await endLeftovers(readOptions(args).dataDir)) {
    say(`Ended ${id} (pid ${pid}).`);
  }
}
