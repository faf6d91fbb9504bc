import { createReadStream } from 'node:fs';
import { RaftNode } from '@quorate/raft';
import type { Config } from '../config/config.js';
import { attributesOf, peerAddressOf } from '../config/self.js';
import { storesOf } from '../volume.js';

/**
 * Makes the node's blank volume that of a new cluster, with the state of an exported snapshot.
 * @returns what was done, in words
 */
export async function restore(config: Config, file: string): Promise<string> {
  await RaftNode.restore({
    id: config.id,
    address: peerAddressOf(config),
    attributes: attributesOf(config),
    ...storesOf(config),
    source: createReadStream(file),
  });
  return (
    `${config.id} is the first member of a new cluster, which holds what ${file} held.\n` +
    `Start it as ever, and join blank nodes to it.\n`
  );
}
