// Stands in for a node where only its process matters. It answers as the whole of its cluster,
// remembers in its volume that it was bootstrapped, and ends on SIGTERM and with its supervisor.
// FAKE_NODE makes it misbehave.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const {
  RAFT_NODE_ID: id,
  HTTP_SERVER_PORT: port,
  RAFT_VOLUME_DIR: volume,
  FAKE_NODE,
} = process.env;
const state = join(volume, 'state');
const members = [{ id, address: 'a', role: 'voter', url: null }];

if (FAKE_NODE === 'crashes') {
  console.error('the disk is on fire');
  process.exit(7);
}
mkdirSync(volume, { recursive: true });

function status() {
  const founded = existsSync(state);
  return {
    id,
    clusterId: founded ? 'c' : null,
    role: founded ? 'leader' : 'follower',
    term: 1,
    members: founded ? members : [],
  };
}

const server = createServer(({ method, url }, response) => {
  const { pathname, searchParams } = new URL(url, 'http://node');
  if (method === 'POST' && pathname === '/bootstrap') writeFileSync(state, '');
  if (method === 'POST' && pathname === '/join') {
    const address = `${searchParams.get('host')}:${searchParams.get('raftPort')}`;
    members.push({ id: searchParams.get('nodeId'), address, role: 'voter', url: null });
  }
  response.end(JSON.stringify(status()));
});
if (FAKE_NODE !== 'never answers') server.listen(Number(port), '127.0.0.1');
console.log(`listening on ${port}, for pages of ${process.env.QUORATE_ALLOWED_ORIGINS}`);

process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => {
  if (FAKE_NODE !== 'ignores SIGTERM') process.exit(0);
});
