import type { Killer } from '../way.ts';
import type { Ground } from './ground.ts';
import { noted, readPid } from './killer.ts';

/** Has a shell of a session run `argv`, and resolves with who did once he is there. */
export const typeInto = async (
  ground: Ground,
  session: string,
  argv: readonly string[],
): Promise<Killer> => {
  const { pidFile, argv: full } = noted(ground, argv);
  await ground.tmux('send-keys', '-t', session, full.join(' '), 'Enter');
  return { pid: await readPid(pidFile), cmdline: argv, session };
};
