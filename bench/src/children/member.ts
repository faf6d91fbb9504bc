import { fileLog, RaftNode, tcpTransport } from '@quorate/raft';
import { Outstanding } from './outstanding.js';
import type { Ask, Told } from './protocol.js';

/** One member of a cluster that runs the library alone: its own process, disk and TCP, no HTTP. */
const { MEMBER_ID = 'a', MEMBER_DIR = '', MEMBER_PORT = '0' } = process.env;
let applied = 0;
const node = await RaftNode.open({
  id: MEMBER_ID,
  stateMachine: { apply: () => (applied += 1) },
  log: fileLog({ dir: MEMBER_DIR }),
  transport: tcpTransport({ listen: { host: '127.0.0.1', port: Number(MEMBER_PORT) } }),
});

process.on('message', (ask: Ask) => {
  void answer(ask).then(tell, (error: unknown) => tell({ type: 'failed', error: String(error) }));
});
process.on('disconnect', () => void node.close().then(() => process.exit(0)));
tell({ type: 'open', address: node.status.address });

async function answer(ask: Ask): Promise<Told> {
  switch (ask.type) {
    case 'bootstrap':
      await node.bootstrap();
      return { type: 'done' };
    case 'add':
      await node.membership.add({ id: ask.id, address: ask.address });
      for await (const { configuration } of node.watch()) {
        if (configuration.members.find(({ id }) => id === ask.id)?.role === 'voter') break;
      }
      return { type: 'done' };
    case 'propose': {
      const load = new Outstanding(node, ask.bytes, ask.outstanding);
      return { type: 'proposed', ...(await load.run(ask.until)) };
    }
    case 'read':
      return { type: 'read', applied: await node.read(() => applied) };
  }
}

function tell(told: Told): void {
  process.send?.(told);
}
