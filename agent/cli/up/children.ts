import { join } from 'node:path';
import { duration } from '../../model/duration.ts';
import type { Paths } from '../../paths.ts';
import { unavailableExit } from '../../protocol/witness.ts';
import type { Style } from '../frame/terminal.ts';
import { type Child, superviseChild } from './child.ts';
import { openChildLog } from './child-log.ts';
import type { Note } from './display.ts';
import { type ChildName, programFile } from './programs.ts';

export interface ChildOptions {
  home: string;
  paths: Paths;
  env: NodeJS.ProcessEnv;
  /** `HOST:PORT` of the metrics. */
  listen: string;
}

const argsOf = (name: ChildName, { home, paths, listen }: ChildOptions): string[] => {
  if (name === 'agent' || name === 'notifier') return ['--home', home];
  if (name === 'witness') return ['--socket', paths.witnessSocket, '--state', paths.witnessDir];
  if (name === 'link') return ['--socket', paths.linkSocket, '--run-dir', paths.tmuxDir];
  return ['--state', paths.stateFile, '--textfile', paths.metricsDir, '--listen', listen];
};

/** A start that takes longer is said: ms. */
const slowMs = 10_000;

/** Starts a child and says in one line when it dies; the same trouble again is not said again. */
export const startChild = (
  name: ChildName,
  options: ChildOptions,
  say: (note: Note) => void,
  onReady: () => void,
): Child => {
  const said = new Set<string>();
  const sayOnce = (trouble: string, style: Style, more = ''): void => {
    if (said.has(trouble)) return;
    said.add(trouble);
    say({ kind: 'child', text: `${name}${trouble}${more}`, style, fields: { child: name } });
  };
  const logFile = join(options.home, 'log', `${name}.log`);
  const spec = {
    name,
    file: programFile(name),
    args: argsOf(name, options),
    env: { ...options.env, HOLDFAST_EMBEDDED: '1' },
    log: openChildLog(logFile),
    ...(name === 'witness' ? { finalExit: unavailableExit } : {}),
  };
  const slow = setTimeout(() => sayOnce(' is not ready yet', 'yellow', `; see ${logFile}`), slowMs);
  slow.unref();
  return superviseChild(spec, {
    onReady: () => {
      clearTimeout(slow);
      if (said.size > 0)
        say({ kind: 'child', text: `${name} works again`, fields: { child: name } });
      said.clear();
      onReady();
    },
    onNotable: (line) => sayOnce(`: ${line}`, 'yellow'),
    onDied: (how, waitMs) =>
      sayOnce(` died (${how})`, 'red', `; again in ${duration(waitMs)}; see ${logFile}`),
  });
};
