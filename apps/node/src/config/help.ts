import { Environment } from './environment.js';

/** The text of `--help`: every variable of the environment with its default. */
export function help(): string {
  const shape = Environment.shape;
  const width = Math.max(...Object.keys(shape).map((name) => name.length));
  const lines = Object.entries(shape).map(([name, schema]) => {
    const fallback = schema.safeParse(undefined).data;
    return `  ${name.padEnd(width)}  ${schema.description ?? ''}${defaultText(fallback)}`;
  });
  return [
    'Starts one node of a Quorate cluster. It is configured by its environment:',
    '',
    ...lines,
    '',
    'A blank node joins a cluster when a member is told so:',
    "  curl 'http://localhost:8000/join?nodeId=n2&raftPort=9001'",
    '',
    'While the node does not run, its volume can be worked on (docs/operations.md):',
    '  restore FILE            begin a new cluster with what GET /snapshot gave',
    '  recover [--reason ...]  tell what is left after the loss of a majority; with a reason, make',
    '                          this node a cluster of its own',
    '',
  ].join('\n');
}

function defaultText(value: unknown): string {
  if (typeof value === 'boolean') return ` Default: ${value ? 'on' : 'off'}.`;
  const text = Array.isArray(value) ? value.join('-') : value;
  const isShown = (typeof text === 'string' && text !== '') || typeof text === 'number';
  return isShown ? ` Default: ${text}.` : '';
}
