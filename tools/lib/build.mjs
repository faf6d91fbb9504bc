import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { root, say, ToolError } from './workspace.mjs';

const stampFile = join(root, '.nx', 'built');
const rootFiles = ['package-lock.json', 'tsconfig.base.json', 'nx.json'];
const ignored = new Set(['node_modules', 'coverage', 'test', '.svelte-check']);

/**
 * Whether sources and results look as they did after the last build. Asking nx takes more than a
 * second, which a start that has nothing to build need not wait for.
 */
export function isBuilt() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp();
}

export async function build() {
  if (isBuilt()) return;
  say('Building what has changed.');
  const env = { NX_TUI: 'false', NX_DAEMON: 'false' };
  if ((await run('npm', ['run', '--silent', 'build'], { env })) !== 0) {
    throw new ToolError('The build failed: its output above says where.');
  }
  mkdirSync(join(root, '.nx'), { recursive: true });
  writeFileSync(stampFile, stamp());
}

/** Names, sizes and times of all files that a build reads or writes. */
function stamp() {
  const hash = createHash('sha256').update(process.version);
  const folders = ['libs', 'apps'].map((name) => join(root, name));
  const files = [...rootFiles.map((name) => join(root, name)), ...folders.flatMap(filesIn)];
  for (const file of files) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesIn(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => {
    if (ignored.has(entry.name) || entry.name.endsWith('.test.ts')) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}
