import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from './cluster.js';
import type { NodeProcess } from './node-process.js';
import { failure, success } from './requests.js';
import { until } from './until.js';

let certificates: string;

/** The commands of docs/operations.md. */
function openssl(command: string): void {
  execFileSync('openssl', command.split(' '), { cwd: certificates, stdio: 'pipe' });
}

const newKey = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes';

beforeAll(() => {
  certificates = mkdtempSync(join(tmpdir(), 'quorate-tls-'));
  openssl(`req -x509 ${newKey} -days 3650 -subj /CN=quorate -keyout ca.key -out ca.pem`);
  for (const id of ['n1', 'n2', 'n3']) {
    openssl(`req ${newKey} -subj /CN=${id} -keyout ${id}.key -out ${id}.csr`);
    openssl(
      `x509 -req -in ${id}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 365 -out ${id}.pem`,
    );
  }
});
afterAll(() => {
  rmSync(certificates, { recursive: true, force: true });
});

const tlsOf = (id: string) => ({
  RAFT_TLS_CERT_FILE: join(certificates, `${id}.pem`),
  RAFT_TLS_KEY_FILE: join(certificates, `${id}.key`),
  RAFT_TLS_CA_FILE: join(certificates, 'ca.pem'),
});

describe('TLS between nodes', () => {
  it('lets in who has a certificate of its own, and nobody else', async () => {
    await using cluster = await Cluster.prepare(4);
    const [n1, n2, n3, stranger] = cluster.nodes as [
      NodeProcess,
      NodeProcess,
      NodeProcess,
      NodeProcess,
    ];
    await Promise.all([n1, n2, n3].map((node) => node.start(tlsOf(node.id))));
    await Promise.all([stranger.start(), success(n1.fetch('/bootstrap', { method: 'POST' }))]);
    const join = (node: NodeProcess) =>
      n1.fetch(`/join?nodeId=${node.id}&raftPort=${node.raftPort}`);
    for (const node of [n2, n3]) {
      await until(`${node.id} joins`, async () => (await join(node)).ok || null);
    }
    await cluster.settled([n1, n2, n3]);
    await success(n2.fetch('/set?key=a&value=x'));

    const { message } = await failure(join(stranger), 422, 'peer-unreachable');
    expect(message).toContain('TLS');
  });

  it('needs files that can be read, and names the variable of one that cannot', async () => {
    await using cluster = await Cluster.prepare(1);
    const [node] = cluster.nodes as [NodeProcess];
    const start = node.start({ ...tlsOf('n1'), RAFT_TLS_KEY_FILE: '/nowhere' });
    await expect(start).rejects.toThrow("RAFT_TLS_KEY_FILE='/nowhere'");
    await expect(
      node.start({ ...tlsOf('n1'), RAFT_TLS_KEY_FILE: tlsOf('n2').RAFT_TLS_KEY_FILE }),
    ).rejects.toThrow('TLS certificates cannot be used');
  });
});
