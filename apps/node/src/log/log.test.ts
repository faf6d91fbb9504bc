import { expect, it } from 'vitest';
import type { LogFormat, LogLevel } from '../config/values.js';
import { Log } from './log.js';

function record(level: LogLevel, format: LogFormat) {
  const lines: string[] = [];
  const log = new Log({ node: 'n1', level, format, write: (line) => lines.push(line) });
  return { log, lines };
}

it('writes one readable line', () => {
  const { log, lines } = record('info', 'pretty');
  log.info('election won in term 3', { term: 3 });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} INFO {2}n1 {2}election won in term 3\n$/);
});

it('writes JSON with its fields', () => {
  const { log, lines } = record('info', 'json');
  log.warn('line\nbreak', { term: 3 });
  expect(lines[0]!.indexOf('\n')).toBe(lines[0]!.length - 1);
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'warn', node: 'n1', term: 3 });
});

it('leaves out what is below its level', () => {
  const { log, lines } = record('warn', 'pretty');
  log.debug('a');
  log.info('b');
  log.warn('c');
  log.error('d');
  expect(lines).toHaveLength(2);
});
