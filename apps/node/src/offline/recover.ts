import { planRecovery, type RecoveryPlan, recoverVolume } from '@quorate/raft';
import type { Config } from '../config/config.js';
import { attributesOf, peerAddressOf } from '../config/self.js';
import { storesOf } from '../volume.js';

/**
 * Makes a cluster of one out of this node, whose cluster has lost its majority for good.
 * @param reason null: only tell what it would go by
 * @returns what was done or found, in words
 */
export async function recover(config: Config, reason: string | null): Promise<string> {
  const { id, volumeDir: dir } = config;
  const { snapshots } = storesOf(config);
  if (reason === null) return described(id, await planRecovery({ id, dir, snapshots }));
  const { newClusterId } = await recoverVolume({
    id,
    dir,
    snapshots,
    address: peerAddressOf(config),
    attributes: attributesOf(config),
    reason,
  });
  return (
    `${id} is now the only member of a new cluster, ${newClusterId}.\n` +
    `Start it as ever; empty the volumes of the others, and join them to it.\n`
  );
}

function described(
  id: string,
  { clusterId, members, role, term, last, commitIndex }: RecoveryPlan,
) {
  const list = members.map((member) => `${member.id} (${member.role}, ${member.address})`);
  return [
    `${id}, ${role ?? 'no member'} of the cluster ${clusterId}, has seen term ${term}.`,
    `Its log ends at index ${last.index} of term ${last.term}; it knows that ${commitIndex} is committed.`,
    `The members as it knows them: ${list.join(', ')}.`,
    '',
    'Nothing was changed. Of the nodes that are left, take the one whose log ends in the highest',
    'term, and of these the one with the highest index: what the cluster had committed behind that',
    'is lost. Only when the others are gone for good, make it a cluster of its own:',
    '',
    "  recover --reason 'why the majority is lost'",
    '',
  ].join('\n');
}
