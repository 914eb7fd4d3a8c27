import type { ParsedConfig } from '../../model/config/parse.ts';
import { Failure } from '../../model/failure.ts';
import { plural } from '../../model/text/plural.ts';
import { printable } from '../../model/text/printable.ts';
import type { Context } from '../command.ts';
import { withAgent } from '../frame/agent.ts';
import { exitCode } from '../frame/exit.ts';
import { printJson } from '../frame/print-json.ts';
import { readConfig } from '../frame/read-config.ts';

/** Null where this user may not read it: an operator need not, and of others the agent says that they may not reload. */
const readOwn = (paths: Context['paths']): Promise<ParsedConfig | null> =>
  readConfig(paths).catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'config-unreadable') return null;
    throw error;
  });

const countsOf = (parsed: ParsedConfig | null) =>
  parsed && {
    sessions: Object.keys(parsed.config.sessions).length,
    servers: Object.keys(parsed.config.servers).length,
  };

/** Has the agent read its configuration again. What is wrong with it is found here first, with file and line. */
export const reload = async (context: Context): Promise<number> => {
  const { stdout, paths } = context;
  const parsed = await readOwn(paths);
  const { hash } = await withAgent(context, (client) => client.call('config.reload', {}));
  const counts = countsOf(parsed);
  const warnings = parsed?.warnings ?? [];
  if (context.json) {
    const unknown = { sessions: null, servers: null };
    printJson(stdout, { file: paths.config, hash, ...(counts ?? unknown), warnings });
    return exitCode.ok;
  }
  const words = counts
    ? `: ${plural(counts.sessions, 'session')}, ${plural(counts.servers, 'server')}`
    : '';
  stdout.line(`${stdout.paint('green', 'in force')}  ${printable(paths.config)}${words}`);
  for (const warning of warnings) {
    stdout.line(`${stdout.paint('yellow', 'warning')}  ${printable(warning)}`);
  }
  return exitCode.ok;
};
