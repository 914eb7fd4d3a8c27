import { readFileSync } from 'node:fs';
import { eventually } from '../../e2e/sampled.ts';
import type { Killer } from '../way.ts';
import type { Ground } from './ground.ts';
import { runToEnd } from './run-to-end.ts';

/** What a killer wrote down before it killed. */
export const readPid = (path: string): Promise<number> =>
  eventually(`a pid in ${path}`, () => {
    try {
      const text = readFileSync(path, 'utf8');
      return text.endsWith('\n') ? Number(text) : undefined;
    } catch {
      return undefined;
    }
  });

/** A command line that writes its own pid down and then becomes `argv`. */
export const noted = (ground: Ground, argv: readonly string[]) => {
  const pidFile = ground.files.fresh();
  const note = ground.files.script('sh', 'echo $$ >"$1"; shift; exec "$@"');
  return { pidFile, argv: [note, pidFile, ...argv] };
};

/** Runs `argv` from a shell of nobody's; whoever killed has ended when this resolves. */
export const strike = async (
  ground: Ground,
  argv: readonly string[],
  more: Pick<Killer, 'uid'> = {},
): Promise<Killer> => {
  const { pidFile, argv: full } = noted(ground, argv);
  await runToEnd(full);
  return { pid: await readPid(pidFile), cmdline: argv, ...more };
};
