import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { KeyedRequest } from '../clusters/cluster.js';
import { keyOf, keys, type Load, type Outcome } from './generator.js';

const run = promisify(execFile);

/** One thread of wrk: it sends a thousand prepared requests of each kind, in turn and by share. */
const prepared = 1000;

export async function wrkLoad({ origin, requests, connections, seconds }: Load): Promise<Outcome> {
  const dir = await mkdtemp(join(tmpdir(), 'quorate-wrk-'));
  try {
    const script = join(dir, 'load.lua');
    await writeFile(script, luaOf(requests));
    const args = [
      '-t1',
      `-c${connections}`,
      `-d${seconds}s`,
      '--timeout',
      '10s',
      '-s',
      script,
      origin,
    ];
    const { stdout } = await run('wrk', args, { maxBuffer: 1 << 20 });
    const line = stdout.split('\n').find((one) => one.startsWith('{'));
    if (line === undefined) throw new Error(`wrk printed no figures:\n${stdout}`);
    const told = JSON.parse(line) as Record<'requests' | 'us' | 'p50' | 'p99' | 'errors', number>;
    return {
      rate: ((told.requests - told.errors) * 1e6) / told.us,
      p50: told.p50 / 1000,
      p99: told.p99 / 1000,
      errors: told.errors,
    };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function luaOf(requests: Load['requests']): string {
  const lists = requests.map(({ request }) => {
    const all = Array.from({ length: prepared }, (_, at) =>
      formatted(request, keyOf(Math.floor((at * keys) / prepared))),
    );
    return `{\n${all.join(',\n')}\n}`;
  });
  const bounds = requests.map((_, at) =>
    requests.slice(0, at + 1).reduce((sum, { share }) => sum + share, 0),
  );
  return `
local kinds = {${lists.map((list) => `(function() return ${list} end)()`).join(',\n')}}
local bounds = {${bounds.join(', ')}}
local made = {}
init = function()
  math.randomseed(1)
  for kind, list in ipairs(kinds) do
    made[kind] = {}
    for at, one in ipairs(list) do
      made[kind][at] = wrk.format(one.method, one.path, one.headers, one.body)
    end
  end
end
request = function()
  local draw = math.random()
  for kind, bound in ipairs(bounds) do
    if draw <= bound or kind == #bounds then
      return made[kind][math.random(${prepared})]
    end
  end
end
done = function(summary, latency)
  local e = summary.errors
  print(string.format('{"requests":%d,"us":%d,"p50":%d,"p99":%d,"errors":%d}', summary.requests,
    summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
`;
}

function formatted({ method, path, body, contentType }: KeyedRequest, key: string): string {
  const text = body(key);
  const headers = contentType === null ? '{}' : `{["content-type"] = ${quoted(contentType)}}`;
  return `{method = "${method}", path = ${quoted(path(key))}, headers = ${headers}, body = ${text === null ? 'nil' : quoted(text)}}`;
}

/** JSON's escapes are Lua's too, for the plain text that is sent here. */
const quoted = (text: string): string => JSON.stringify(text);
