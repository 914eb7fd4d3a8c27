import { plural } from '../../model/plural.ts';
import type { Context } from '../command.ts';
import { withAgent } from '../frame/agent.ts';
import { exitCode } from '../frame/exit.ts';
import { printJson } from '../frame/print-json.ts';
import { readConfig } from '../frame/read-config.ts';
import { printable } from '../printable.ts';

/** Has the agent read its configuration again. What is wrong with it is found here first, with file and line. */
export const reload = async (context: Context): Promise<number> => {
  const { stdout, paths } = context;
  const { config, warnings } = await readConfig(paths);
  const { hash } = await withAgent(context, (client) => client.call('config.reload', {}));
  const sessions = Object.keys(config.sessions).length;
  const servers = Object.keys(config.servers).length;
  if (context.json) printJson(stdout, { file: paths.config, hash, sessions, servers, warnings });
  else {
    const counts = `${plural(sessions, 'session')}, ${plural(servers, 'server')}`;
    stdout.line(`${stdout.paint('green', 'in force')}  ${printable(paths.config)}: ${counts}`);
    for (const warning of warnings) {
      stdout.line(`${stdout.paint('yellow', 'warning')}  ${printable(warning)}`);
    }
  }
  return exitCode.ok;
};
