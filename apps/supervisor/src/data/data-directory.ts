import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SupervisorError } from '../errors.js';
import { readJson, writeJson } from './json-file.js';
import { Place } from './place.js';

const Layout = z.object({ version: z.literal(1), nodes: z.array(Place).min(1) });

/**
 * A data directory: `cluster.json`, which says which nodes live here, and their volumes under
 * `volumes/`. The file is written before the first volume and removed after the last, so that
 * volumes without it are somebody else's and are never touched.
 */
export class DataDirectory {
  readonly #file: string;
  readonly #volumes: string;

  constructor(readonly path: string) {
    mkdirSync(path, { recursive: true });
    this.#file = join(path, 'cluster.json');
    this.#volumes = join(path, 'volumes');
  }

  volumeOf(id: string): string {
    return join(this.#volumes, id);
  }

  /** The nodes that live here; none in a new directory. */
  load(): Place[] {
    const advice = 'Mend it, or start anew with --fresh, which empties the volumes.';
    const layout = readJson(this.#file, Layout, advice);
    if (!layout) this.#refuseForeignVolumes();
    return layout?.nodes ?? [];
  }

  save(nodes: readonly Place[]): void {
    writeJson(this.#file, { version: 1, nodes });
  }

  /** Removes every volume, and nothing that is not ours. */
  empty(): void {
    if (!existsSync(this.#file)) this.#refuseForeignVolumes();
    rmSync(this.#volumes, { recursive: true, force: true });
    rmSync(this.#file, { force: true });
  }

  emptyVolume(id: string): void {
    rmSync(this.volumeOf(id), { recursive: true, force: true });
  }

  #refuseForeignVolumes(): void {
    if (!existsSync(this.#volumes)) return;
    throw new SupervisorError(
      'data-directory',
      `${this.#volumes} exists, but ${this.#file} does not: these volumes are not the supervisor's. ` +
        'Move them away, or choose another directory with --data-dir.',
    );
  }
}
