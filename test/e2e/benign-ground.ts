import type { Rig } from './rig.ts';
import { tmuxScript } from './tmux.ts';

/** What sessions run that need not do anything. */
export const program = 'sleep 100000';

/** An empty `command` is an interactive shell. */
export const create = (name: string, command = program): string =>
  `new-session -d -s ${name} ${command === '' ? '' : `'${command}'`}`;

/** Where benign ends happen, and real kills hide among them. */
export interface Ground {
  /** How many benign ends there were, by kind. */
  readonly done: Readonly<Record<string, number>>;
  /** Sessions that were killed, which must be reported. */
  readonly victims: ReadonlySet<string>;
  script(lines: readonly string[]): Promise<string>;
  paneOf(name: string): Promise<number>;
  /**
   * Counts benign ends of `names`; when it is time for a real kill again, the name of a session for it,
   * which the caller makes.
   */
  victimAmong(kind: string, names: readonly string[]): string[];
  /** Makes sessions that are to be killed, and waits until they are supervised. */
  prepare(victims: readonly string[]): Promise<void>;
  /** `commands` with `hide` together somewhere among them. */
  hidden(commands: readonly string[], hide: readonly string[]): string[];
  untilEnded(names: readonly string[], reason: string): Promise<true>;
  untilKilled(names: readonly string[]): Promise<true>;
}

export const createGround = (rig: Rig, killEvery: number, random: () => number): Ground => {
  const done: Record<string, number> = {};
  const victims = new Set<string>();
  const script = (lines: readonly string[]): Promise<string> => tmuxScript(rig.socket(), lines);

  return {
    done,
    victims,
    script,
    paneOf: async (name) =>
      Number(await rig.tmux('display-message', '-pt', `=${name}:`, '#{pane_pid}')),
    victimAmong: (kind, names) => {
      const before = Object.values(done).reduce((sum, count) => sum + count, 0);
      done[kind] = (done[kind] ?? 0) + names.length;
      const due = Math.floor((before + names.length) / killEvery) > Math.floor(before / killEvery);
      if (!due) return [];
      const victim = `victim-${victims.size}`;
      victims.add(victim);
      return [victim];
    },
    prepare: async (names) => {
      if (names.length === 0) return;
      await script(names.map((name) => create(name)));
      await rig.up(...names);
    },
    hidden: (commands, hide) => {
      const at = Math.floor(random() * (commands.length + 1));
      return [...commands.slice(0, at), ...hide, ...commands.slice(at)];
    },
    untilEnded: (names, reason) =>
      rig.until(`${reason} of ${names.length}`, () => {
        const ends = rig.of('session.ended').filter(({ data }) => data.reason === reason);
        const ended = new Set(ends.map(({ data }) => data.session));
        return names.every((name) => ended.has(name)) ? true : undefined;
      }),
    untilKilled: (names) =>
      rig.until(`report of ${names.join()}`, () => {
        const died = new Set(rig.of('session.died').map(({ data }) => data.session));
        return names.every((name) => died.has(name)) ? true : undefined;
      }),
  };
};
