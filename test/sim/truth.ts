import type { Pane } from '../../agent/model/events/session.ts';

/**
 * What really ended a life. `killed`: a tmux command took its last panes; `program`: its last program ended, by
 * a signal or with a status; `shell`: that program was a shell that exited by itself; `moved`: its last window
 * went to another session; `view`: a session of a group was closed and another one keeps the windows.
 */
export type FateKind = 'killed' | 'program' | 'shell' | 'moved' | 'view' | 'operator' | 'server';

export interface Fate {
  kind: FateKind;
  managed: boolean;
  /** Panes that went with it, by tmux's `%id`. */
  victims: ReadonlySet<string>;
}

/** What was to be seen on a server at the moment a listing was taken. */
export interface Sight {
  lives: ReadonlySet<string>;
  alive: ReadonlySet<string>;
  /** Panes whose end the server wrote down, and whether as the last of a session. */
  written: ReadonlyMap<string, boolean>;
}

export type Expected = 'died' | 'ended' | 'either';

/** What the agent knew when it reported an end. */
export interface Knowledge {
  panes: readonly Pane[];
  /** An intent that counted then. */
  intent: boolean;
  /** Null where no listing of the life's own server showed the end. */
  sight: Sight | null;
}

const expectMoved = (panes: readonly Pane[], { alive, written }: Sight): Expected =>
  panes.some(({ id }) => alive.has(id)) &&
  panes.every(({ id }) => alive.has(id) || written.get(id) === false)
    ? 'ended'
    : 'either';

const expectShell = ({ managed, victims }: Fate, panes: readonly Pane[], sight: Sight): Expected =>
  managed &&
  panes.some(({ id }) => victims.has(id)) &&
  panes.every(({ id }) => sight.written.has(id))
    ? 'ended'
    : 'either';

/**
 * Whether an end must be reported as a death. `either`: nobody could know, because the panes it is known by
 * from outside changed unseen, or what was benign happened just before everything died.
 */
export const expectedReport = (fate: Fate, { panes, intent, sight }: Knowledge): Expected => {
  if (intent) return fate.kind === 'operator' ? 'ended' : 'either';
  if (fate.kind === 'server') return 'died';
  // A pane left it unseen, and the others ended in one moment: or they ended first, and the last one left.
  const byExit = fate.kind === 'program' || fate.kind === 'shell';
  const left = byExit && panes.some(({ id }) => sight?.alive.has(id));
  if (left && panes.some(({ id }) => sight?.written.get(id) === false)) return 'either';
  if (fate.kind === 'killed' || fate.kind === 'program') {
    return panes.some(({ id }) => fate.victims.has(id)) ? 'died' : 'either';
  }
  if (!sight || fate.kind === 'operator') return 'either';
  return fate.kind === 'shell' ? expectShell(fate, panes, sight) : expectMoved(panes, sight);
};

/** Every life there ever was, and the fate of those that are over. */
export class Truth {
  readonly #fates = new Map<string, Fate | null>();

  born(life: string): void {
    this.#fates.set(life, null);
  }

  ended(life: string, fate: Fate): void {
    this.#fates.set(life, fate);
  }

  fateOf(life: string): Fate | null {
    return this.#fates.get(life) ?? null;
  }

  alive(): string[] {
    return [...this.#fates].filter(([, fate]) => fate === null).map(([life]) => life);
  }
}
