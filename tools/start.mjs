#!/usr/bin/env node
// `npm start`: from a fresh clone to a cluster that runs.
import './lib/check-node.mjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepare } from './lib/prepare.mjs';
import { supervise } from './lib/supervise.mjs';
import { root, runTool, say } from './lib/workspace.mjs';

const args = process.argv.slice(2);

await runTool(async () => {
  if (args.includes('--help') || args.includes('-h')) {
    say(readFileSync(join(root, 'apps', 'supervisor', 'help.txt'), 'utf8'));
    return 0;
  }
  await prepare();
  return supervise(args);
});
