import { setTimeout as wait } from 'node:timers/promises';
import type { Rig } from './rig.ts';
import { tmuxScript } from './tmux.ts';

/** How a session of the load ends: the first three are deaths, the others are meant. */
export const fates = ['kill-session', 'kill -9', 'exit', 'operator stop', 'shell exit'] as const;

export type Fate = (typeof fates)[number];

export const isDeath = (fate: Fate): boolean =>
  fate === 'kill-session' || fate === 'kill -9' || fate === 'exit';

export interface Load {
  /** Every session made, by tmux's `$id`, and how it was ended. */
  readonly made: ReadonlyMap<string, Fate>;
  /** Resolves when no session is under way any more. */
  stop(): Promise<void>;
}

const commands: Partial<Record<Fate, string>> = {
  exit: 'read -r line; exit 3',
  // An interactive shell.
  'shell exit': '',
};

const retryMs = 20;

/** Makes and ends sessions all the time, so many at once, whether or not an agent is there to see it. */
export const startLoad = (rig: Rig, workers: number, random: () => number): Load => {
  const made = new Map<string, Fate>();
  let stopping = false;
  let count = 0;

  const script = (...lines: string[]): Promise<string> => tmuxScript(rig.socket(), lines);
  const exists = async (name: string): Promise<boolean> =>
    (await script(`list-sessions -F '#{session_name}'`)).split('\n').includes(name);

  /** An operator whose agent is killed asks the next one, until the session is gone. */
  const stopByOperator = async (name: string): Promise<void> => {
    while (await exists(name)) {
      await rig.client.call('session.stop', { session: name }).catch(() => wait(retryMs));
    }
  };

  const end: Record<Fate, (name: string) => Promise<unknown>> = {
    'kill-session': (name) => script(`kill-session -t =${name}`),
    'kill -9': async (name) => {
      const pid = Number(await script(`display-message -pt =${name}: '#{pane_pid}'`));
      process.kill(pid, 'SIGKILL');
    },
    exit: (name) => script(`send-keys -t =${name}: Enter`),
    'operator stop': stopByOperator,
    'shell exit': (name) => script(`send-keys -t =${name}: C-d`),
  };

  const live = async (): Promise<void> => {
    const fate = fates[Math.floor(random() * fates.length)] ?? 'exit';
    count += 1;
    const name = `load-${count}`;
    const command = commands[fate] ?? 'sleep 100000';
    const program = command === '' ? '' : `'${command}'`;
    made.set(await script(`new-session -dP -F '#{session_id}' -s ${name} ${program}`), fate);
    await wait(random() * 400);
    await end[fate](name);
    await wait(random() * 100);
  };
  const work = async (): Promise<void> => {
    while (!stopping) await live();
  };
  const working = Array.from({ length: workers }, work);

  return {
    made,
    stop: async () => {
      stopping = true;
      await Promise.all(working);
    },
  };
};
