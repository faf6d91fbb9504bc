import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { root, say, ToolError } from './workspace.mjs';

/** Whether node_modules holds what the lock file names. npm notes what it has installed itself. */
export function isInstalled(folder = root) {
  const installed = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const there = packagesOf(installed);
  return Object.entries(packagesOf(join(folder, 'package-lock.json')))
    .filter(([path, { optional }]) => path.includes('node_modules/') && !optional)
    .every(([path, { version, integrity }]) => {
      const found = there[path];
      return found?.version === version && found?.integrity === integrity;
    });
}

export async function install() {
  if (isInstalled()) return;
  say('Installing the dependencies (npm ci); this takes about half a minute.');
  if ((await run('npm', ['ci', '--loglevel=error'])) !== 0) {
    throw new ToolError('The dependencies could not be installed: npm said why above.');
  }
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}
