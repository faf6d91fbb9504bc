import type { NodeId } from '../../core/entry.js';
import type { Message } from '../../core/message.js';
import type { Journal } from '../journal.js';
import type { Page } from '../world/ledger.js';
import type { Volume } from '../world/volume.js';
import { Commits } from './commits.js';
import { Configurations } from './configurations.js';
import { Elections } from './elections.js';
import { History } from './history.js';
import { Logs } from './logs.js';
import type { Step, Subject } from './subject.js';

/** Everybody who watches a run: after every step, before every message, at every client's answer. */
export class Oracles {
  readonly commits: Commits;
  readonly history: History;
  private readonly elections: Elections;
  private readonly logs: Logs;
  private readonly configurations: Configurations;

  constructor(journal: Journal) {
    this.commits = new Commits(journal);
    this.history = new History(journal);
    this.elections = new Elections(journal);
    this.logs = new Logs(journal);
    this.configurations = new Configurations(journal);
  }

  remember(volume: Volume): void {
    this.commits.remember(volume);
  }

  started(subject: Subject): void {
    this.elections.started(subject);
  }

  stepped(step: Step): void {
    this.elections.stepped(step);
    this.logs.stepped(step);
    this.configurations.stepped(step);
    this.history.committed(this.commits.stepped(step));
  }

  sent(subject: Subject, to: NodeId, message: Message): void {
    this.elections.sent(subject, to, message);
    this.logs.sent(subject, message);
  }

  applied({ id }: Pick<Subject, 'id'>, page: Page): void {
    this.history.applied(id, page);
  }
}
