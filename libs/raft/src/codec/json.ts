import { MalformedMessageError } from './malformed.js';

/**
 * Strict reading of the little JSON that travels between nodes: handshakes and members. Fields that
 * are not asked for are left alone, since a later version may add some.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

const utf8 = new TextDecoder('utf-8', { fatal: true });

export function parseJson(bytes: Uint8Array): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch (error) {
    throw new MalformedMessageError('not JSON', error);
  }
  return objectOf(value, 'message');
}

export function objectOf(value: unknown, name: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(name, 'an object');
  }
  return value as JsonObject;
}

export function listOf(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(name, 'a list');
  return value;
}

export function booleanOf(value: unknown, name: string): boolean {
  if (typeof value !== 'boolean') throw wrong(name, 'true or false');
  return value;
}

export function integerOf(value: unknown, name: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw wrong(name, 'an integer');
  return value;
}

export function stringOf(value: unknown, name: string): string {
  if (typeof value !== 'string') throw wrong(name, 'a string');
  return value;
}

/** Node ids, cluster ids and incarnations: what may stand in a file name, a URL and a log line. */
export function idOf(value: unknown, name: string): string {
  if (typeof value !== 'string' || !/^[A-Za-z0-9._-]{1,63}$/.test(value)) {
    throw wrong(name, 'an id (1 to 63 of A-Z a-z 0-9 . _ -)');
  }
  return value;
}

export function attributesOf(value: unknown, name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(objectOf(value, name)).map(([key, text]) => [key, stringOf(text, name)]),
  );
}

function wrong(name: string, expected: string): MalformedMessageError {
  return new MalformedMessageError(`${name} is not ${expected}`);
}
