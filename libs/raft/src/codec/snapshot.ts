import { decodeConfiguration, encodeConfiguration } from '../core/configuration.js';
import type { SnapshotInfo } from '../core/snapshot.js';
import { blob, type Field, number } from './field.js';
import { MalformedMessageError } from './malformed.js';
import { checkMemberIds } from './membership.js';
import type { Reader } from './reader.js';

const encoder = new TextEncoder();
const idPattern = /^[A-Za-z0-9._-]{1,128}$/;

/** index, term, index of the configuration, the configuration as its entry holds it, id, bytes. */
export const snapshotInfo: Field<SnapshotInfo> = {
  bytes: ({ configuration, id }) =>
    4 * number.bytes(0) + blob.bytes(encodeConfiguration(configuration)) + blob.bytes(utf8(id)),
  write: (buffer, offset, { index, term, configuration, id, bytes }) => {
    let behind = offset;
    for (const value of [index, term, configuration.index]) {
      behind = number.write(buffer, behind, value);
    }
    behind = blob.write(buffer, behind, encodeConfiguration(configuration));
    behind = blob.write(buffer, behind, utf8(id));
    return number.write(buffer, behind, bytes);
  },
  read: (reader) => {
    const index = number.read(reader);
    const term = number.read(reader);
    const configurationIndex = number.read(reader);
    const configuration = { ...readConfiguration(reader), index: configurationIndex };
    const id = Buffer.from(blob.read(reader)).toString('latin1');
    // It names a file in the store.
    if (!idPattern.test(id)) throw new MalformedMessageError('a snapshot has no proper id');
    return { index, term, configuration, id, bytes: number.read(reader) };
  },
};

function readConfiguration(reader: Reader) {
  const data = blob.read(reader);
  try {
    checkMemberIds(data);
    return decodeConfiguration(data);
  } catch (cause) {
    if (cause instanceof MalformedMessageError) throw cause;
    throw new MalformedMessageError('a snapshot holds no configuration', cause);
  }
}

function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}
