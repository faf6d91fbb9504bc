import { writeFile } from 'node:fs/promises';
import { help, readOptions } from './options.js';
import { fullPlan, quickPlan } from './plan.js';
import { profile } from './profile/profile.js';
import { report } from './report/text.js';
import { Run } from './run.js';

const args = process.argv.slice(2);
if (args[0] === 'profile') process.stdout.write(await profile(args.slice(1)));
else await bench(args);

async function bench(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
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
}
