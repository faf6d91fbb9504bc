import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { QuorateCluster } from '../clusters/quorate.js';
import { generator } from '../load/generator.js';
import { fill, load, type Mix, mixes } from '../measures/http.js';
import { callTree, type CpuProfile, hottest } from './cpu-profile.js';
import { flameGraph } from './flame-graph.js';

export const profileHelp = `Where the leader's processor time goes under load.

  npm run bench:profile                                  writes, 64 connections, 10 s
  npm run bench:profile -- --mix reads --connections 256 --seconds 5
  npm run bench:profile -- --out some/folder             default: .quorate/profile

Writes leader.cpuprofile (for the browser's developer tools) and leader.svg, a flame graph.
`;

/** Puts a load on a cluster of three whose leader is profiled, and tells what took the most. */
export async function profile(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h' },
      mix: { type: 'string', default: 'writes' },
      connections: { type: 'string', default: '64' },
      seconds: { type: 'string', default: '10' },
      out: { type: 'string', default: '.quorate/profile' },
    },
  });
  if (values.help === true) return profileHelp;
  const mix = mixes.find((one) => one === values.mix);
  if (mix === undefined) {
    throw new Error(`--mix ${values.mix}: no such mix. Mixes: ${mixes.join(', ')}.`);
  }
  const [connections, seconds] = [Number(values.connections), Number(values.seconds)];
  const { recorded, rate } = await recordedLeader(mix, connections, seconds);
  const tree = callTree(recorded);
  const out = resolve(values.out);
  await mkdir(out, { recursive: true });
  const what = `${mix}, ${connections} connections, ${Math.round(rate)} a second`;
  await writeFile(join(out, 'leader.cpuprofile'), JSON.stringify(recorded));
  await writeFile(join(out, 'leader.svg'), flameGraph(tree, what));
  const rows = hottest(tree, 40).map(
    ({ name, place, selfMs }) =>
      `${((100 * selfMs) / tree.totalMs).toFixed(1).padStart(5)} %  ${name}  ${place}`,
  );
  return `${what}\n\n${rows.join('\n')}\n\nWritten: ${join(out, 'leader.cpuprofile')}, ${join(out, 'leader.svg')}\n`;
}

async function recordedLeader(mix: Mix, connections: number, seconds: number) {
  const dir = await mkdtemp(join(tmpdir(), 'quorate-profile-'));
  try {
    const cluster = await QuorateCluster.start(dir, 3, ['--cpu-prof', `--cpu-prof-dir=${dir}`]);
    const pid = await cluster.leaderPid();
    await fill(cluster);
    const { rate } = await load(generator(), cluster, mix, connections, seconds);
    // V8 writes the profile as the process ends.
    await cluster.stop();
    const file = (await readdir(dir)).find((name) => name.split('.')[3] === String(pid));
    if (file === undefined) throw new Error('the leader left no profile');
    const recorded = JSON.parse(await readFile(join(dir, file), 'utf8')) as CpuProfile;
    return { recorded, rate };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
