import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root, say } from './workspace.mjs';

/**
 * Runs a task while no other process of this checkout does: two installs at once spoil both.
 * @param lock a file that holds the pid of whoever runs one
 */
export async function exclusively(task, lock = join(root, '.nx', 'prepare.lock')) {
  mkdirSync(dirname(lock), { recursive: true });
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    await take(lock, draft);
  } finally {
    rmSync(draft);
  }
  try {
    return await task();
  } finally {
    rmSync(lock, { force: true });
  }
}

async function take(lock, draft) {
  let told = false;
  for (;;) {
    try {
      linkSync(draft, lock);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = holderPid(lock);
    if (holder !== null && !isAlive(holder)) {
      rmSync(lock, { force: true });
    } else {
      if (!told) say(`Another start (pid ${holder}) installs or builds at this moment: waiting.`);
      told = true;
      await sleep(200);
    }
  }
}

function holderPid(lock) {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
