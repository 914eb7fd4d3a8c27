import { resolve } from 'node:path';
import { ConfigProblems } from '../../model/config/problem.ts';
import { plural } from '../../model/text/plural.ts';
import { printable } from '../../model/text/printable.ts';
import type { Context } from '../command.ts';
import { exitCode } from '../frame/exit.ts';
import { printJson } from '../frame/print-json.ts';
import { placeOf, readConfig } from '../frame/read-config.ts';

export const checkConfig = async (context: Context, typed: string | undefined): Promise<number> => {
  const file = typed === undefined ? context.paths.config : resolve(typed);
  const { stdout, json } = context;
  try {
    const { config, warnings } = await readConfig(
      typed === undefined ? context.paths : placeOf(file),
    );
    const sessions = Object.keys(config.sessions).length;
    const servers = Object.keys(config.servers).length;
    if (json) printJson(stdout, { valid: true, file, sessions, servers, problems: [], warnings });
    else {
      const counts = `${plural(sessions, 'session')}, ${plural(servers, 'server')}`;
      stdout.line(`${stdout.paint('green', 'valid')}  ${printable(file)}: ${counts}`);
      for (const warning of warnings) {
        stdout.line(`${stdout.paint('yellow', 'warning')}  ${printable(warning)}`);
      }
    }
    return exitCode.ok;
  } catch (error) {
    if (!json || !(error instanceof ConfigProblems)) throw error;
    const { problems } = error;
    printJson(stdout, { valid: false, file, sessions: 0, servers: 0, problems, warnings: [] });
    return exitCode.config;
  }
};
