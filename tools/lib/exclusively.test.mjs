import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { exclusively } from './exclusively.mjs';

async function withLock(work) {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-lock-'));
  try {
    await work(join(folder, 'lock'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('two tasks run one after the other', () =>
  withLock(async (lock) => {
    const holder = spawn('sleep', ['60']);
    await once(holder, 'spawn');
    writeFileSync(lock, String(holder.pid));
    let ran = false;
    const task = exclusively(async () => (ran = true), lock);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(ran, false);
    holder.kill();
    await task;
    assert.equal(ran, true);
    assert.equal(existsSync(lock), false);
  }));

test('the lock is free again after a task that failed', () =>
  withLock(async (lock) => {
    await assert.rejects(
      exclusively(() => Promise.reject(new Error('no space')), lock),
      /no space/,
    );
    assert.equal(existsSync(lock), false);
  }));
