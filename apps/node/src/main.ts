import { type Config, ConfigError, readConfig } from './config/config.js';
import { help } from './config/help.js';
import { Log } from './log/log.js';
import { startNode } from './node.js';
import { offlineCommand, type OfflineCommand } from './offline/command.js';
import { describeStartFailure } from './start-failure.js';
import { stopOnRequest } from './stop-on-request.js';

// When whoever reads the log has gone, the node goes on without it.
process.stdout.on('error', () => undefined);

const args = process.argv.slice(2);
const command = offlineCommand(args);
if (args[0] === '--help' || args[0] === '-h') {
  process.stdout.write(help());
} else if (command !== null) {
  await perform(command);
} else if (args.length > 0) {
  refuse(
    `'${args.join(' ')}' is not understood: a node is configured by its environment, see --help.`,
  );
} else {
  await run();
}

async function run(): Promise<void> {
  const config = readConfigOrExit();
  const log = new Log({
    ...config.log,
    node: config.id,
    write: (line) => process.stdout.write(line),
  });
  process.on('uncaughtException', (error) => {
    log.error(`ending after an uncaught error: ${error.stack ?? error.message}`);
    process.exit(1);
  });
  const starting = startNode(config, log);
  stopOnRequest(async () => (await starting).stop(), log);
  try {
    await starting;
  } catch (error) {
    log.error(`not started: ${describeStartFailure(error, config)}`);
    process.exit(1);
  }
}

async function perform(offline: OfflineCommand): Promise<void> {
  const config = readConfigOrExit();
  try {
    process.stdout.write(await offline(config));
  } catch (error) {
    refuse(describeStartFailure(error, config));
  }
}

function readConfigOrExit(): Config {
  try {
    return readConfig(process.env, process.stdout.isTTY);
  } catch (error) {
    if (error instanceof ConfigError) return refuse(error.message);
    throw error;
  }
}

function refuse(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
