import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runScript } from './script.js';

/**
 * Each script is a scene on a few servers, and what they do in it. When the algorithm changes on
 * purpose, `UPDATE_GOLDEN=1` writes the scripts anew, and the diff shows what the change means.
 */
const folder = new URL('./', import.meta.url);
const scripts = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe('golden scripts', () => {
  test('are there', () => {
    expect(scripts.length).toBeGreaterThan(0);
  });

  test.each(scripts)('%s', (name) => {
    const file = new URL(name, folder);
    const script = readFileSync(file, 'utf8');
    const now = runScript(script);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, now);
    else expect(now).toBe(script);
  });
});
