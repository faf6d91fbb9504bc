import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './child.mjs';
import { say, ToolError } from './workspace.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * The path of a Chromium that starts: the one that CHROMIUM names, one of this machine,
 * Playwright's own, or the system's package, the last two fetched if need be.
 */
export async function findBrowser() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (starts(named)) return named;
    throw new ToolError(`CHROMIUM names '${named}', which does not start as a browser.`);
  }
  return (await ofThisMachine()) ?? (await fromPlaywright()) ?? (await fromPackage()) ?? none();
}

async function ofThisMachine() {
  return onPath() ?? (await playwrights());
}

async function fromPlaywright() {
  say("No Chromium on this machine: fetching Playwright's own.");
  const env = { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' };
  const code = await run('npx', ['playwright', 'install', '--no-shell', 'chromium'], { env });
  const path = await playwrights();
  if (code !== 0 || path === null) say("Playwright's Chromium cannot be had or does not start.");
  return path;
}

async function fromPackage() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  say("Installing the system's package of Chromium.");
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '--quiet'], { env });
  const options = ['--yes', '--quiet', '--no-install-recommends'];
  await run('apt-get', ['install', ...options, 'chromium'], { env });
  return onPath();
}

function none() {
  throw new ToolError(
    'The end-to-end tests need a Chromium, and none could be found or fetched.\n' +
      'Install one, or name one: CHROMIUM=/path/to/chromium npm test',
  );
}

function onPath() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find((path) => isExecutable(path) && starts(path)) ?? null;
}

async function playwrights() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return existsSync(path) && starts(path) ? path : null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A browser that lacks a library of the system is there, but does not start. */
function starts(path) {
  return spawnSync(path, ['--version'], { timeout: 15_000 }).status === 0;
}
