import { readFileSync } from 'node:fs';
import type { SupervisorInfo } from '@quorate/contract';
import { z } from 'zod';
import { maxNodes } from './data/place.js';

const Package = z.object({ version: z.string() });

/** What this process tells of itself. */
export function supervisorInfo(dataDir: string): SupervisorInfo {
  const file = new URL('../package.json', import.meta.url);
  const { version } = Package.parse(JSON.parse(readFileSync(file, 'utf8')));
  const startedAt = Math.round(performance.timeOrigin);
  return { pid: process.pid, version, startedAt, dataDir, maxNodes };
}
