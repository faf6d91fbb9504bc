#!/usr/bin/env node
// `npm run bench`: this machine measured, ours beside etcd.
import './lib/check-node.mjs';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { ended } from './lib/child.mjs';
import { prepare } from './lib/prepare.mjs';
import { root, runTool } from './lib/workspace.mjs';

await runTool(async () => {
  await prepare();
  const main = join(root, 'bench', 'dist', 'main.js');
  const { code } = await ended(fork(main, process.argv.slice(2), { execArgv: [] }));
  return code;
});
