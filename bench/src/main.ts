import { writeFile } from 'node:fs/promises';
import { help, readOptions } from './options.js';
import { fullPlan, quickPlan } from './plan.js';
import { report } from './report/text.js';
import { Run } from './run.js';

const options = readOptions(process.argv.slice(2));
if (options.help) {
  process.stdout.write(help);
} else {
  const begun = Date.now();
  const run = new Run(options, options.quick ? quickPlan : fullPlan, (text) => {
    const seconds = Math.round((Date.now() - begun) / 1000);
    process.stderr.write(`${String(seconds).padStart(5)} s  ${text}\n`);
  });
  const figures = await run.measure();
  if (options.json !== null) await writeFile(options.json, JSON.stringify(figures, null, 2));
  process.stdout.write(`\n${report(figures)}\n`);
}
