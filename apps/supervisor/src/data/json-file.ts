import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { z } from 'zod';
import { messageOf, SupervisorError } from '../errors.js';

/** Writes a small file whole or not at all, whatever happens to the process or the machine. */
export function writeJson(file: string, value: unknown): void {
  const written = `${file}.new`;
  const descriptor = openSync(written, 'w');
  try {
    writeFileSync(descriptor, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(written, file);
}

/**
 * Null when there is no such file.
 * @param advice what to do about a file that cannot be understood
 */
export function readJson<T>(file: string, schema: z.ZodType<T>, advice: string): T | null {
  if (!existsSync(file)) return null;
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new SupervisorError(
      'data-directory',
      `${file} cannot be understood. ${advice}\n${reason}`,
    );
  }
}
