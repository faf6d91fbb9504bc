import { build, isBuilt } from './build.mjs';
import { exclusively } from './exclusively.mjs';
import { install, isInstalled } from './install.mjs';

/** Installs and builds what is missing or stale, and says so. */
export async function prepare() {
  if (isInstalled() && isBuilt()) return;
  await exclusively(async () => {
    await install();
    await build();
  });
}
