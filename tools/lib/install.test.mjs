import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isInstalled } from './install.mjs';

const wanted = {
  '': { version: '0.1.0' },
  'libs/raft': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/only-on-mac': { version: '1.0.0', integrity: 'sha512-m', optional: true },
};

/** Whether a checkout with these packages in node_modules counts as installed. */
function installedWith(present) {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-install-'));
  try {
    const write = (path, packages) =>
      writeFileSync(join(folder, path), JSON.stringify({ packages }));
    write('package-lock.json', wanted);
    if (present) {
      mkdirSync(join(folder, 'node_modules'));
      write('node_modules/.package-lock.json', present);
    }
    return isInstalled(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('node_modules that hold what the lock file names are installed', () => {
  assert.equal(installedWith({ 'node_modules/a': wanted['node_modules/a'] }), true);
});

test('a missing package, another version or no node_modules is not', () => {
  assert.equal(installedWith({}), false);
  assert.equal(
    installedWith({ 'node_modules/a': { version: '1.0.1', integrity: 'sha512-b' } }),
    false,
  );
  assert.equal(installedWith(null), false);
});
