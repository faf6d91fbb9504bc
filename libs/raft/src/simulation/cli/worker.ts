import { parentPort } from 'node:worker_threads';
import { type Job, runJob } from './job.js';

/** A thread that runs what it is given, one job after the other. */
parentPort?.on('message', (job: Job) => {
  void runJob(job).then((report) => parentPort?.postMessage(report));
});
