import { execFileSync, execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { NodeStatus } from '@quorate/contract';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from './eventually.js';
import { temporaryDirectory } from './fixtures.js';
import { listen } from './held-port.js';
import { Api, noNodeLeft, nodePids, ownPlace, SupervisorProcess } from './supervisor-process.js';

const ready = 'Ctrl-C stops everything';

async function statusOf(url: string): Promise<NodeStatus> {
  return NodeStatus.parse(await (await fetch(`${url}/status`)).json());
}

async function waitForVoters(url: string, count: number): Promise<void> {
  await eventually(async () => {
    const { members } = await statusOf(url);
    expect(members.filter(({ role }) => role === 'voter')).toHaveLength(count);
  });
}

describe('before it starts anything', () => {
  it('explains itself', async () => {
    const supervisor = SupervisorProcess.start(['--help'], '-');
    expect(await supervisor.ended()).toBe(0);
    expect(supervisor.output).toContain('--data-dir <dir>');
  });

  it('reports a port in use, and leaves nothing half started', async () => {
    const dataDir = join(temporaryDirectory(), 'data');
    const { port, args } = await ownPlace(dataDir);
    const taken = await listen(port + 2);
    onTestFinished(() => void taken.server.close());
    const supervisor = SupervisorProcess.start(args, dataDir);
    expect(await supervisor.ended()).toBe(1);
    expect(supervisor.output).toContain(`Port ${port + 2} (HTTP of n2) is in use.`);
    expect(existsSync(join(dataDir, 'cluster.json'))).toBe(false);
    expect(existsSync(join(dataDir, 'processes.json'))).toBe(false);
  });

  it('refuses an option that it does not know', async () => {
    const supervisor = SupervisorProcess.start(['--volumes', '3'], '-');
    expect(await supervisor.ended()).toBe(1);
    expect(supervisor.output).toContain("Unknown option '--volumes'");
  });
});

describe('a cluster of three nodes', { timeout: 120_000 }, () => {
  it('forms, keeps its data over a stop, and starts anew with --fresh', async () => {
    const dataDir = temporaryDirectory();
    const { port, args } = await ownPlace(dataDir);

    const first = SupervisorProcess.start(args, dataDir);
    await first.said(ready);
    expect(first.output).toContain(`http://localhost:${port}\n`);
    for (const line of ['n1 is the first member', 'n2 has joined', 'n3 has joined']) {
      expect(first.output).toContain(line);
    }
    const printed = [...first.output.matchAll(/^ {2}(curl .*)$/gm)].map(([, line]) => line!);
    expect(printed).toHaveLength(6);
    const answers = printed.map((line) =>
      execSync(`${line} --silent --fail`, { encoding: 'utf8' }),
    );
    expect([answers[1], answers[4]]).toEqual(['hello', 'hello']);
    execFileSync('curl', ['-sf', '-X', 'PUT', `localhost:${port + 1}/kv/kept`, '-d', 'safe']);

    const second = SupervisorProcess.start(args, dataDir);
    expect(await second.ended()).toBe(1);
    expect(second.output).toContain(`A supervisor (pid ${first.child.pid!}) already runs`);

    expect(await first.stop()).toBe(0);
    expect(nodePids(dataDir)).toEqual([]);

    const again = SupervisorProcess.start(args, dataDir);
    await again.said(ready);
    expect(again.output).not.toContain('has joined');
    const kept = `http://127.0.0.1:${port + 2}/kv/kept`;
    expect(await (await fetch(kept)).text()).toBe('safe');
    expect(await again.stop()).toBe(0);

    const fresh = SupervisorProcess.start([...args, '--fresh', '--nodes', '1'], dataDir);
    await fresh.said(ready);
    expect((await fetch(kept.replace(String(port + 2), String(port + 1)))).status).toBe(404);
    expect(await fresh.stop()).toBe(0);
  });

  it('goes on while nodes are killed, paused, restarted, added and wiped', async () => {
    const dataDir = temporaryDirectory();
    const { port, args } = await ownPlace(dataDir);
    const supervisor = SupervisorProcess.start(args, dataDir);
    const api = new Api(port);
    await supervisor.said(ready);

    await api.post('/n1/kill');
    expect(await api.processes()).toMatchObject([
      { state: 'exited', exitSignal: 'SIGKILL' },
      {},
      {},
    ]);
    await api.post('/n2/pause');
    expect((await api.post('/n2/resume')).state).toBe('running');
    expect((await api.post('/n1/start')).state).toBe('running');
    expect((await api.post('/n3/restart')).restarts).toBe(1);

    const added = await api.post('');
    expect(added).toMatchObject({ id: 'n4', httpPort: port + 4, raftPort: port + 13 });
    expect((await statusOf(added.url)).clusterId).toBeNull();
    const join = `http://127.0.0.1:${port + 1}/join?nodeId=n4&raftPort=${added.raftPort}`;
    // The node that led may have been one of those that were disturbed.
    await eventually(async () => {
      const { leader } = await statusOf(`http://127.0.0.1:${port + 1}`);
      expect(leader?.url && (await statusOf(leader.url)).role).toBe('leader');
    });
    expect((await fetch(join, { method: 'POST' })).status).toBe(200);
    await waitForVoters(added.url, 4);

    expect((await api.post('/n4/wipe')).state).toBe('exited');
    await api.post('/n4/start');
    expect((await api.processes()).map(({ state }) => state)).toEqual(Array(4).fill('running'));
    await api.post('/n3/pause');
    expect(await supervisor.stop()).toBe(0);
    expect(nodePids(dataDir)).toEqual([]);
  });

  it('grows by --nodes', async () => {
    const dataDir = temporaryDirectory();
    const { port, args } = await ownPlace(dataDir);
    const one = SupervisorProcess.start([...args, '--nodes', '1'], dataDir);
    await one.said(ready);
    expect(await one.stop()).toBe(0);
    const two = SupervisorProcess.start([...args, '--nodes', '2'], dataDir);
    await two.said(ready);
    expect(two.output).toContain('n2 has joined.');
    await waitForVoters(`http://127.0.0.1:${port + 1}`, 2);
    expect(await two.stop()).toBe(0);
  });
});

describe('a supervisor that is killed', { timeout: 120_000 }, () => {
  it('takes its nodes along, but for a paused one, which the next start ends', async () => {
    const dataDir = temporaryDirectory();
    const { port, args } = await ownPlace(dataDir);
    const killed = SupervisorProcess.start(args, dataDir);
    await killed.said(ready);
    const { pid } = await new Api(port).post('/n2/pause');
    killed.child.kill('SIGKILL');
    await eventually(() => expect(nodePids(dataDir)).toEqual([pid]));

    const next = SupervisorProcess.start(args, dataDir);
    await next.said(ready);
    expect(next.output).toContain(`Ended n2 (pid ${pid!})`);
    expect(await next.stop()).toBe(0);
  });

  it('has even its paused node ended by the launcher', async () => {
    const dataDir = temporaryDirectory();
    const { port, args } = await ownPlace(dataDir);
    const launcher = SupervisorProcess.launch([...args, '--nodes', '2'], dataDir);
    await launcher.said(ready);
    await new Api(port).post('/n2/pause');
    const [supervisor] = childrenOf(launcher.child.pid!);
    process.kill(supervisor!, 'SIGKILL');
    expect(await launcher.ended()).toBe(137);
    expect(launcher.output).toContain('ended by SIGKILL');
    expect(nodePids(dataDir)).toEqual([]);
  });

  it('stops with its launcher, whether that is asked to stop or killed', async () => {
    const dataDir = temporaryDirectory();
    const { args } = await ownPlace(dataDir);
    const asked = SupervisorProcess.launch([...args, '--nodes', '1'], dataDir);
    await asked.said(ready);
    expect(await asked.stop()).toBe(0);
    expect(nodePids(dataDir)).toEqual([]);

    const killed = SupervisorProcess.launch(args.concat('--nodes', '1'), dataDir);
    await killed.said(ready);
    killed.child.kill('SIGKILL');
    await noNodeLeft(dataDir);
  });
});

function childrenOf(pid: number): number[] {
  return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);
}
