import { expect, it } from 'vitest';
import { Exposition } from './exposition.js';

it('writes counters and gauges, plain and labelled', () => {
  const to = new Exposition();
  to.counter('writes_total', 'Writes.', 3);
  to.gauge('term', 'The term.', 7);
  to.counters('reads_total', 'Reads.', 'consistency', { local: 1, linearizable: 2 });
  to.gauges('match', 'What peers hold.', 'peer', {});
  expect(String(to)).toBe(`# HELP writes_total Writes.
# TYPE writes_total counter
writes_total 3
# HELP term The term.
# TYPE term gauge
term 7
# HELP reads_total Reads.
# TYPE reads_total counter
reads_total{consistency="local"} 1
reads_total{consistency="linearizable"} 2
# HELP match What peers hold.
# TYPE match gauge
`);
});

it('writes histograms with cumulative buckets, and durations in seconds', () => {
  const to = new Exposition();
  const data = { count: 4, sum: 1250, max: 1000, bounds: [1, 500], counts: [1, 2, 1] };
  to.histogram('batch', 'Entries.', data);
  to.durations('wait_seconds', 'Waiting.', data);
  expect(String(to)).toBe(`# HELP batch Entries.
# TYPE batch histogram
batch_bucket{le="1"} 1
batch_bucket{le="500"} 3
batch_bucket{le="+Inf"} 4
batch_sum 1250
batch_count 4
# HELP wait_seconds Waiting.
# TYPE wait_seconds histogram
wait_seconds_bucket{le="0.001"} 1
wait_seconds_bucket{le="0.5"} 3
wait_seconds_bucket{le="+Inf"} 4
wait_seconds_sum 1.25
wait_seconds_count 4
`);
});
