import { z } from 'zod';
import { isHost } from './address.js';

// What a variable of the environment may hold: text, checked, and read as what it stands for.

export const LogLevel = z.enum(['debug', 'info', 'warn', 'error']);
export const LogFormat = z.enum(['pretty', 'json']);

export type LogLevel = z.infer<typeof LogLevel>;
export type LogFormat = z.infer<typeof LogFormat>;

export const Port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port, 1 to 65535')
  .transform(Number)
  .refine((port) => port >= 1 && port <= 65_535, 'must be a port, 1 to 65535');

export const Host = z.string().refine(isHost, 'must be a host name or an IP address');

export const Switch = z.enum(['on', 'off']).transform((text) => text === 'on');

export const Milliseconds = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'must be a whole number of milliseconds')
  .transform(Number);

export const MillisecondRange = z
  .string()
  .regex(/^[1-9]\d{0,6}-[1-9]\d{0,6}$/, 'must be two whole numbers of milliseconds, 500-1000')
  .transform((text): [number, number] => {
    const [min = 0, max = 0] = text.split('-').map(Number);
    return [min, max];
  })
  .refine(([min, max]) => min < max, 'must rise, as in 500-1000');

export const Count = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'must be a whole number above 0')
  .transform(Number);

export const Priority = z
  .string()
  .regex(/^(?:\d|10)$/, 'must be a whole number from 0 to 10')
  .transform(Number);

export const AutopilotMode = z.enum(['off', 'dry-run', 'on']);

export const File = z.string().min(1, 'must name a file');

export const List = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

export const Origins = List.refine((origins) => origins.every(isOrigin), {
  error: 'must be origins like http://localhost:8080, parted by commas',
});

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
