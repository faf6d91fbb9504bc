import type { Fleet } from '../fleet/fleet.js';
import type { NodeProcess } from '../fleet/node-process.js';

/** What a newcomer needs once there is a leader. */
export function readyText(fleet: Fleet, leader: NodeProcess, port: number): string {
  const urls = fleet.nodes.map((node) => node.client.url);
  const at = (n: number) => urls[n % urls.length] ?? '';
  const rows = [
    ['Dashboard', `http://localhost:${port}`],
    ...fleet.nodes.map(({ id, client }) => [`Node ${id}`, client.url]),
  ];
  return `
The cluster has a leader: ${leader.id}.

${rows.map(([name = '', url = '']) => `  ${name.padEnd(12)}${url}`).join('\n')}

Set, get and remove a key, at any node:

  curl -X PUT ${at(0)}/kv/greeting -d hello
  curl ${at(1)}/kv/greeting
  curl -X DELETE ${at(2)}/kv/greeting

The same in the short form:

  curl '${at(0)}/set?key=greeting&value=hello'
  curl '${at(1)}/get?key=greeting'
  curl '${at(2)}/remove?key=greeting'

Ctrl-C stops everything. The data stays.
`;
}
