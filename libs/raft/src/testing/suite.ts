/**
 * One promise of an interface, to be tried on an implementation. A suite is a list of them: hand each
 * to the test runner of your choice. `run` rejects when the promise is broken.
 */
export interface SuiteCase<Subject> {
  /** What is promised. */
  readonly name: string;
  run(subject: Subject): Promise<void>;
}
