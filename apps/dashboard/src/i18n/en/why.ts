import type { Turn } from '../../core/timeline/lives.js';
import type { Proof } from '../../core/why/answer.js';
import type { Question } from '../../core/why/question.js';
import { duration, integer } from '../../core/words.js';
import type { Sentences } from '../phrases.js';
import { effectInWords, waysInWords } from './faults-in-words.js';
import { causes } from './why-causes.js';

const questions: Sentences<Question> = {
  'no-leader': () => 'Why is there no leader?',
  'at-risk': () => 'How safe is the cluster, and why?',
  change: () => 'Why did leadership change?',
  behind: ({ node }) => `Why is ${node} behind?`,
  pending: ({ index }) =>
    index === null ? 'Why is a write pending?' : `Why is entry ${integer(index)} pending?`,
  refused: ({ node }) =>
    node === null
      ? 'Why was the change of the membership refused?'
      : `Why was the change of ${node} refused?`,
};

const turns: Record<Turn['what'], string> = {
  killed: 'killed',
  crashed: 'ended by a failure',
  stopped: 'stopped',
  paused: 'paused',
  resumed: 'resumed',
  started: 'started',
};

const proofs: Sentences<Proof> = {
  event: ({ text }) => text,
  process: ({ what, how }) => `process ${turns[what]}${how === null ? '' : ` (${how})`}`,
  link: ({ link, problem }) => `no connection to this page (${problem ?? link})`,
  fault: ({ fault }) => `${fault.owner}: ${waysInWords(fault.ways)} ${effectInWords(fault.effect)}`,
  progress: ({ progress }) =>
    `${progress.id}: match ${integer(progress.match)}, next ${integer(progress.next)}, ${progress.state}` +
    (progress.lastContactMs === null ? '' : `, heard ${duration(progress.lastContactMs)} ago`),
};

/** The panel that explains, and the links to it. */
export const why = {
  ask: 'Why?',
  questions,
  causes,
  proofs,
  unknown: 'Nothing that this page has heard explains it.',
  nobodyAsked: (subject: string) => `“${subject}” is no question that this page knows.`,
  evidence: 'What shows it',
  more: (number: number) => `${number} more`,
  remedies: 'What helps',
  seen: (time: string) => `As of ${time}`,
  atThatMoment: (time: string) => `Go to ${time} on the Timeline`,
  onStage: 'On the Stage',
  onStageAt: (time: string) => `On the Stage at ${time}`,
};
