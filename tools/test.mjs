#!/usr/bin/env node
// `npm test`: everything that must hold, from a fresh clone.
import './lib/check-node.mjs';
import { findBrowser } from './lib/browser.mjs';
import { exclusively } from './lib/exclusively.mjs';
import { install } from './lib/install.mjs';
import { LeftoverWatch } from './lib/leftovers.mjs';
import { runStages } from './lib/stages.mjs';
import { runTool, say } from './lib/workspace.mjs';

// The output of every project is shown, since the tests are counted by it.
const npm = (script) => [
  'npm',
  ['run', '--silent', script, '--', '--parallel=2', '--output-style=static'],
];

const stages = [
  ['Lint and format', ...npm('lint')],
  ['Types', ...npm('typecheck')],
  ['Tests of the tools', 'sh', ['-c', 'node --test --test-reporter=spec tools/lib/*.test.mjs']],
  ['Unit and integration tests', ...npm('unit')],
  ['End-to-end tests', ...npm('e2e')],
];

await runTool(async () => {
  await exclusively(install);
  const chromium = await findBrowser();
  say(`The browser is ${chromium}.`);
  const leftovers = new LeftoverWatch();
  try {
    const env = { ...leftovers.env, CHROMIUM: chromium, NX_TUI: 'false', NX_DAEMON: 'false' };
    return await runStages(stages, env, leftovers);
  } finally {
    leftovers.clear();
  }
});
