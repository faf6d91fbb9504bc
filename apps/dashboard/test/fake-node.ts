import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClientToNode, NodeEvent, NodeToClient, Resume } from '@quorate/contract';
import { Server } from 'socket.io';

/** A node as far as its socket goes: streams to whoever has said what it knows. */
export class FakeNode {
  readonly #http = createServer((_request, response) => response.end());
  readonly #io = new Server<ClientToNode, NodeToClient>(this.#http, { transports: ['websocket'] });
  readonly #events: NodeEvent[] = [];
  /** What readers said that they had, in order. */
  readonly resumes: Resume[] = [];
  /** Of which keys readers wanted to know, in order. */
  readonly prefixes: (string | null)[] = [];

  private constructor(readonly run: string) {
    this.#io.on('connection', (socket) => {
      socket.on('resume', (resume) => {
        this.resumes.push(resume);
        const from = resume.run === this.run ? resume.seq : 0;
        const events = this.#events.filter((event) => event.seq > from);
        socket.emit('events', { run: this.run, dropped: 0, events });
        void socket.join('readers');
      });
      socket.on('keys', (prefix) => this.prefixes.push(prefix));
    });
  }

  /** @param port 0 takes a free one */
  static async start(run: string, port = 0): Promise<FakeNode> {
    const node = new FakeNode(run);
    await new Promise<void>((resolve) => node.#http.listen(port, '127.0.0.1', resolve));
    return node;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  emit<Name extends keyof NodeToClient>(
    name: Name,
    ...message: Parameters<NodeToClient[Name]>
  ): void {
    this.#io.to('readers').emit(name, ...message);
  }

  happen(text: string): void {
    const seq = this.#events.length + 1;
    const event = { seq, at: seq, time: seq, type: 'x', text };
    this.#events.push(event);
    this.emit('events', { run: this.run, dropped: 0, events: [event] });
  }

  async stop(): Promise<void> {
    await this.#io.close();
  }
}
