import autocannon from 'autocannon';
import { keyOf, keys, type Load, type Outcome } from './generator.js';

/** Requests of each share, in a list that is gone through again and again. */
const listLength = 1000;

export async function autocannonLoad(load: Load): Promise<Outcome> {
  const { origin, connections, seconds } = load;
  const result = await autocannon({
    url: origin,
    connections,
    duration: seconds,
    timeout: 10,
    requests: listOf(load),
  });
  const { latency, errors, non2xx } = result;
  return {
    rate: result['2xx'] / result.duration,
    p50: latency.p50,
    p99: latency.p99,
    errors: errors + non2xx,
  };
}

function listOf({ requests }: Load): autocannon.Request[] {
  return Array.from({ length: listLength }, (_, at) => {
    const draw = ((at * 7919) % listLength) / listLength;
    let bound = 0;
    const chosen = requests.find(({ share }) => (bound += share) > draw) ?? requests[0];
    if (chosen === undefined) throw new Error('a load needs a request');
    const { method, path, body, contentType } = chosen.request;
    const key = keyOf(Math.floor((at * keys) / listLength));
    const text = body(key);
    return {
      method,
      path: path(key),
      ...(text === null ? {} : { body: text }),
      ...(contentType === null ? {} : { headers: { 'content-type': contentType } }),
    };
  });
}
