import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { root, ToolError } from './workspace.mjs';

/**
 * Waits for a child to end; whoever asks this process to stop, asks the child.
 * Resolves with its exit code, as a shell counts it, the signal that ended it, and whether it was
 * asked to stop.
 */
export function ended(child) {
  let stopped = false;
  const forget = onStopRequest(() => {
    stopped = true;
    child.kill('SIGTERM');
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      forget();
      resolve({ code: signal ? 128 + constants.signals[signal] : code, signal, stopped });
    });
  });
}

/**
 * Runs a command in the root folder and returns its exit code. Its output is shown, and given to
 * `onLine` too if there is one. Ends this tool when it is asked to stop meanwhile.
 */
export async function run(command, args, { env = {}, onLine } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', onLine ? 'pipe' : 'inherit', 'inherit'],
  });
  if (onLine) {
    child.stdout.pipe(process.stdout, { end: false });
    createInterface({ input: child.stdout }).on('line', onLine);
  }
  const { code, stopped } = await ended(child).catch((error) => {
    throw new ToolError(`${command} cannot be run: ${error.message}`);
  });
  if (stopped) throw new ToolError('Stopped.', 130);
  return code;
}

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Returns the function that ends listening. */
function onStopRequest(stop) {
  for (const name of stopSignals) process.on(name, stop);
  // npm runs this in a shell that dies of a SIGTERM without passing it on, and a killed npm tells
  // nobody. Outside of npm a parent may leave: think of nohup.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent || !process.env.npm_lifecycle_event) return;
    clearInterval(watch);
    stop();
  }, 250);
  return () => {
    for (const name of stopSignals) process.off(name, stop);
    clearInterval(watch);
  };
}
