import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { LeftoverWatch } from './leftovers.mjs';

test('finds a process and a file that were left, and clears them away', async () => {
  const watch = new LeftoverWatch();
  const child = spawn('sleep', ['60'], { env: { ...process.env, ...watch.env } });
  await once(child, 'spawn');
  writeFileSync(join(watch.env.TMPDIR, 'quorate-forgotten'), '');
  const left = await watch.find();
  assert.deepEqual(left, [`process ${child.pid}: sleep 60`, 'temporary file: quorate-forgotten']);
  watch.clear();
  await once(child, 'exit');
  assert.equal(existsSync(watch.env.TMPDIR), false);
});

test('finds nothing where nothing was left', async () => {
  const watch = new LeftoverWatch();
  assert.deepEqual(await watch.find(), []);
  watch.clear();
});
