import type { MemberChange } from '@quorate/contract';
import type { Finding } from '../../core/members/finding.js';
import type { Order, Stage } from '../../core/members/order.js';
import type { RollEntry } from '../../core/members/roll.js';
import type { Target } from '../../core/members/draft.js';
import { integer } from '../../core/words.js';
import { count, list } from '../phrases.js';
import { failure } from './failure.js';

const findings: Record<Finding, (id: string) => string> = {
  blank: (id) => `${id} answers. It belongs to no cluster and can come in.`,
  emptied: (id) =>
    `${id} answers with an empty volume. It is a member, but what it had is lost: it comes in again as if it were new.`,
  returning: (id) => `${id} answers. It was a member once and can come in again.`,
  moved: (id) => `${id} answers. It is a member at another address: joining changes the address.`,
  member: (id) => `${id} answers. It is a member already: there is nothing to do.`,
  namesake: (id) =>
    `A blank node calls itself ${id}, and the member ${id} lives elsewhere. Start the new one with an id of its own (RAFT_NODE_ID).`,
  foreign: (id) =>
    `${id} answers, and belongs to another cluster. Nodes with a state of their own are never merged: empty its volume first.`,
};

const parts: Record<RollEntry['part'], string> = {
  voter: 'voter',
  learner: 'learner',
  leaving: 'leaving',
};

const targets: Record<Target, string> = {
  voter: 'voter',
  'voter-now': 'voter at once',
  learner: 'learner',
  out: 'not a member',
};

function change({ type, id }: MemberChange): string {
  switch (type) {
    case 'add':
      return `add ${id}`;
    case 'promote':
      return `promote ${id}`;
    case 'demote':
      return `demote ${id}`;
    case 'remove':
      return `remove ${id}`;
  }
}

/** Who is in the cluster, and how that changes. */
export const members = {
  quorum: {
    title: 'Who decides',
    none: 'No cluster yet. Make one node the first member; others can join it then.',
    rule: (voters: number, quorum: number) =>
      `${count(voters, 'voter')}: each decision takes ${quorum} of them.`,
    joint: 'Two configurations are in force: each decision takes a majority of both.',
    both: 'and',
    now: 'Voters',
    next: 'New voters',
    old: 'Old voters',
    needs: (working: number, voters: number, quorum: number) =>
      `${working} of ${voters} working, ${quorum} needed`,
    spare: (tolerance: number) =>
      tolerance < 0
        ? 'No quorum: nothing can be decided.'
        : tolerance === 0
          ? 'None may be lost.'
          : `${count(tolerance, 'more voter')} may be lost.`,
    works: 'works',
    missing: 'does not work',
    committed: (index: number) => `Committed at index ${integer(index)}.`,
    uncommitted: (index: number) => `At index ${integer(index)}, not committed yet.`,
    past: 'As it was at the time that is shown.',
  },
  roll: {
    title: 'Members',
    member: 'Member',
    part: 'Part',
    state: 'State',
    address: 'Peers reach it at',
    way: 'Has of what is committed',
    actions: 'Actions',
    parts,
    needed: 'needed for the quorum',
    leads: 'leads',
    outsiders: 'Not members',
    blank: 'blank',
  },
  orders: {
    title: 'Asked from this page',
    stages: { requested: 'requested', accepted: 'accepted', committed: 'committed' },
    of: (order: Order) => {
      switch (order.kind) {
        case 'change':
          return sentence(list(order.changes.map(change)));
        case 'transfer':
          return `Hand leadership over to ${order.to}`;
        case 'bootstrap':
          return `Make ${order.id} the first member`;
      }
    },
    stage: (stage: Stage) => {
      switch (stage.at) {
        case 'requested':
          return 'not in the leader’s log yet';
        case 'accepted':
          return `at index ${integer(stage.index)}, not committed yet`;
        case 'committed':
          return `at index ${integer(stage.index)}, known to ${stage.known} of ${count(stage.of, 'node')}`;
        case 'handed-over':
          return 'done';
        case 'failed':
          return failure.explain(stage.problem);
      }
    },
    asked: (via: string) => `asked at ${via}`,
    dismiss: 'Take off the list',
  },
  wizard: {
    title: 'Add a node',
    steps: {
      choose: 'Choose',
      look: 'Look who answers',
      learner: 'Learner',
      voter: 'Voter',
    },
    startNew: 'Start a new node',
    startNewHint: 'One more process on the machine of this supervisor.',
    or: 'or',
    address: 'Address of its peer port',
    addressHint: 'host:port, as RAFT_SERVER_PORT of that node. It has to be started already.',
    badAddress: 'An address is host:port, as 10.0.0.4:9000.',
    look: 'Look',
    starting: 'Starting a node…',
    looking: (via: string, address: string) => `${via} looks who answers at ${address}…`,
    seen: (via: string) => `Seen from ${via}`,
    identity: { id: 'Id', cluster: 'Cluster', incarnation: 'Incarnation', url: 'HTTP' },
    noCluster: 'none',
    findings,
    advice: {
      'peer-unreachable':
        'Is the node started, and does nothing between the machines block its peer port? Other members have to reach it too.',
      'peer-mismatch':
        'Something answers there that is no node: is it the HTTP port? The peer port is wanted.',
    } as Readonly<Record<string, string>>,
    stay: 'Stay a learner',
    stayHint: 'It gets every entry and has no vote. It can be promoted at any time.',
    join: (id: string) => `Join ${id}`,
    joining: (id: string) => `${id} is to come in as a learner.`,
    catchingUp: (id: string) => `${id} is a learner and catches up; then it becomes a voter.`,
    stays: (id: string) => `${id} is a learner, and stays one.`,
    done: (id: string) => `${id} is a voter.`,
    again: 'Another one',
    back: 'Back',
    retry: 'Look again',
  },
  draft: {
    title: 'Several changes at once',
    hint: 'All of it happens, or nothing.',
    node: 'Node',
    now: 'Now',
    after: 'Afterwards',
    targets,
    targetOf: (id: string) => `What ${id} is afterwards`,
    joint:
      'More than one voter comes or goes: old and new voters decide together until it is committed.',
    single: 'One step: old and new majorities overlap.',
    nothing: 'Nothing would change.',
    apply: 'Change the membership',
    confirm: 'Change it',
    word: 'membership',
    applying: 'Changing the membership…',
    reset: 'Start over',
    summary: (changes: readonly MemberChange[]) => sentence(list(changes.map(change))),
  },
};

/** A list as a sentence. */
function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
