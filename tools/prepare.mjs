#!/usr/bin/env node
// Installs and builds what is missing or stale.
import './lib/check-node.mjs';
import { prepare } from './lib/prepare.mjs';
import { runTool } from './lib/workspace.mjs';

await runTool(prepare);
