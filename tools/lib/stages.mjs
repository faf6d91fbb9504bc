import { run } from './child.mjs';
import { Tally } from './tally.mjs';
import { say } from './workspace.mjs';

/**
 * Runs the stages, each a name, a command and its arguments, up to the first that fails; then looks
 * for what they left behind. Returns the exit code. The last line adds up the tests; a stage that
 * has none counts as one.
 */
export async function runStages(stages, env, leftovers) {
  const total = new Tally();
  const waiting = [...stages];
  while (waiting.length > 0 && total.failed === 0) {
    const [name, command, args] = waiting.shift();
    total.add(await timed(name, () => outcome(command, args, env)));
  }
  const left = await timed('Nothing left behind', () => leftovers.find());
  for (const line of left) say(line);
  total.add(left.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  if (waiting.length > 0) say(`\nNot run: ${waiting.map(([name]) => name).join(', ')}.`);
  say(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

async function timed(name, work) {
  say(`\n=== ${name}`);
  const before = performance.now();
  const result = await work();
  say(`--- ${name}: ${((performance.now() - before) / 1000).toFixed(1)} s`);
  return result;
}

async function outcome(command, args, env) {
  const tally = new Tally();
  const code = await run(command, args, { env, onLine: (line) => tally.read(line) });
  if (code !== 0 && tally.failed === 0) tally.failed = 1;
  if (code === 0 && tally.passed === 0) tally.passed = 1;
  return tally;
}
