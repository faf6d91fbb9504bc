import { fileURLToPath } from 'node:url';

/** The folder of the whole project. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** An expected failure: its message says what to do, and no stack trace is needed. */
export class ToolError extends Error {
  /** @param {number} exitCode */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs a tool to its end, and ends the process with its exit code. */
export async function runTool(tool) {
  let exitCode;
  try {
    exitCode = await tool();
  } catch (error) {
    console.error(error instanceof ToolError ? error.message : error);
    exitCode = error instanceof ToolError ? error.exitCode : 1;
  }
  process.exit(exitCode);
}
