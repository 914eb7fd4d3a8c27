import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, superviseChild } from '../../agent/cli/up/child.ts';
import { openChildLog } from '../../agent/cli/up/child-log.ts';
import { prepareHome } from '../../agent/cli/up/prepare-home.ts';
import { type ChildName, programFile } from '../../agent/cli/up/programs.ts';
import type { StatusDocument } from '../../agent/model/status/status.ts';
import { homePaths, type Paths } from '../../agent/paths.ts';
import { type Client, connect } from '../../agent/protocol/client.ts';
import { killLeftovers } from '../e2e/leftovers.ts';
import { waitFor } from './wait-for.ts';

const dist = join(import.meta.dirname, '../../dist');

/** The processes of Holdfast as `holdfast up` runs them, from their bundles, in a home of their own. */
export interface Stack {
  readonly home: string;
  readonly paths: Paths;
  readonly client: Client;
  pid(name: ChildName): number;
  /** Starts what was stopped. */
  start(): Promise<void>;
  /** Ends all of them; tmux servers and their sessions live on. */
  stop(): Promise<void>;
  /** Starts one of them alone. */
  launch(name: ChildName): Promise<void>;
  /** Ends one of them alone. */
  end(name: ChildName): Promise<void>;
  /** Resolves with the first status for which `is` holds. */
  until(what: string, is: (status: StatusDocument) => boolean): Promise<StatusDocument>;
}

export interface StackOptions {
  /** What runs, in the order of their start. Without it: what does where there is nobody to be told. */
  run?: readonly ChildName[];
  /** Called before anything is started. */
  prepare?(paths: Paths): void;
}

const usual: readonly ChildName[] = ['agent', 'link', 'exporter'];

const argsOf = (name: ChildName, home: string, paths: Paths): string[] => {
  if (name === 'agent' || name === 'notifier') return ['--home', home];
  if (name === 'link') return ['--socket', paths.linkSocket, '--run-dir', paths.tmuxDir];
  if (name === 'witness') return ['--socket', paths.witnessSocket, '--state', paths.witnessDir];
  return ['--state', paths.stateFile, '--textfile', paths.metricsDir, '--listen', '127.0.0.1:0'];
};

/** No tmux around us, and none of the owner's own servers in reach. */
const environment = (home: string): NodeJS.ProcessEnv => {
  const { TMUX: _, TMUX_PANE: __, ...env } = process.env;
  return { ...env, TMUX_TMPDIR: home, HOLDFAST_EMBEDDED: '1' };
};

const startChild = (name: ChildName, home: string, paths: Paths): Promise<Child> =>
  new Promise((resolve, reject) => {
    const log = join(home, 'log', `${name}.log`);
    const child = superviseChild(
      {
        name,
        file: programFile(name, { filename: join(dist, 'holdfast.js'), dirname: dist }),
        args: argsOf(name, home, paths),
        env: environment(home),
        log: openChildLog(log),
      },
      {
        onReady: () => resolve(child),
        onNotable: () => undefined,
        onDied: (how) => reject(new Error(`${name} died: ${how}; see ${log}`)),
      },
    );
  });

const createStack = async (
  home: string,
  paths: Paths,
  run: readonly ChildName[],
): Promise<Stack> => {
  let children: Child[] = [];
  let client: Client | null = null;

  const stack: Stack = {
    home,
    paths,
    get client() {
      if (!client) throw new Error('the agent is stopped');
      return client;
    },
    pid: (name) => children.find((child) => child.name === name)?.pid ?? 0,
    start: async () => {
      for (const name of run) await stack.launch(name);
      client = await connect(paths.agentSocket);
    },
    stop: async () => {
      client?.close();
      client = null;
      await Promise.all(children.map((child) => child.stop()));
      children = [];
    },
    launch: async (name) => {
      children.push(await startChild(name, home, paths));
    },
    end: async (name) => {
      const leaving = children.filter((child) => child.name === name);
      children = children.filter((child) => child.name !== name);
      await Promise.all(leaving.map((child) => child.stop()));
    },
    until: (what, is) =>
      waitFor(what, async () => {
        const status = await stack.client.call('status', {});
        return is(status) ? status : undefined;
      }),
  };
  await stack.start();
  return stack;
};

/** Homes in use, for the end that comes by Ctrl-C. */
const homes = new Set<string>();

const removeHome = (home: string): void => {
  killLeftovers(home);
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  homes.delete(home);
};

/** Ends all that is still running, at once. */
export const removeHomes = (): void => {
  for (const home of homes) removeHome(home);
};

/** Runs `measure` with a stack whose managed server, if it has one, answers; nothing of it is left afterwards. */
export const withStack = async <T>(
  config: (home: string) => string,
  measure: (stack: Stack) => Promise<T>,
  { run = usual, prepare }: StackOptions = {},
): Promise<T> => {
  if (!existsSync(dist)) throw new Error('there are no bundles; run: make bundle');
  // Short, because the path of a socket has at most 107 bytes.
  const home = mkdtempSync(join(tmpdir(), 'hfb-'));
  homes.add(home);
  const paths = homePaths(home);
  try {
    prepareHome(home, paths, process.getuid?.() ?? 0);
    mkdirSync(join(home, 'own'), { mode: 0o700 });
    writeFileSync(paths.config, config(home));
    prepare?.(paths);
    const stack = await createStack(home, paths, run);
    if (run.includes('link')) {
      await stack.until('the managed server', ({ servers }) =>
        servers.some(({ managed, status }) => managed && status === 'alive'),
      );
    }
    const result = await measure(stack);
    await stack.stop();
    return result;
  } finally {
    removeHome(home);
  }
};
