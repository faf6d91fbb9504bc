import { Worker } from 'node:worker_threads';
import type { SimulationReport } from '../report.js';
import type { Job } from './job.js';

/** Threads that run simulations, as many at once as there are threads. */
export class Workers {
  private readonly workers: readonly Worker[];

  constructor(count: number) {
    const file = new URL('./worker.js', import.meta.url);
    this.workers = Array.from({ length: count }, () => new Worker(file));
  }

  /** Runs jobs until there are no more, or `ended` says that it is enough. Those under way still end. */
  async run<J extends Job>(
    jobs: Iterable<J>,
    ended: (job: J, report: SimulationReport) => 'go on' | 'enough',
  ): Promise<void> {
    const rest = jobs[Symbol.iterator]();
    let isEnough = false;
    const drain = async (worker: Worker) => {
      while (!isEnough) {
        const next = rest.next();
        if (next.done === true) return;
        if (ended(next.value, await ask(worker, next.value)) === 'enough') isEnough = true;
      }
    };
    await Promise.all(this.workers.map(drain));
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

function ask(worker: Worker, job: Job): Promise<SimulationReport> {
  return new Promise((resolve, reject) => {
    const answered = (report: SimulationReport) => {
      worker.off('error', reject);
      resolve(report);
    };
    worker.once('message', answered);
    worker.once('error', reject);
    worker.postMessage(job);
  });
}
