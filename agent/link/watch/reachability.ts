import type { LinkNotifications } from '../../protocol/link.ts';

/** What keeps a server from being reached. */
export type Obstacle = LinkNotifications['server.unreachable']['why'];

/** Somebody else answered on the socket so often in a row, while the server lives: one answer proves nothing. */
const foreignAnswers = 2;

/** So many listings in a row that cannot be read are an obstacle. */
const strangeAnswers = 3;

export interface Reachability {
  readonly obstacle: Obstacle | null;
  report(why: Obstacle, processState?: string): void;
  /** Somebody else answered. */
  foreign(processState: string): void;
  /** It answered nothing that can be read: nobody must take that for all is well. */
  strange(processState: string): void;
  /** A knock at the socket led to the server. */
  answered(): void;
  /** A listing came, or what was wrong is to be told again. */
  over(): void;
}

/** Tells an obstacle once, and counts the answers that prove nothing until they repeat. */
export const createReachability = (
  tell: (why: Obstacle, processState: string) => void,
): Reachability => {
  let obstacle: Obstacle | null = null;
  let foreign = 0;
  let strange = 0;

  const report = (why: Obstacle, processState = ''): void => {
    if (obstacle === why) return;
    obstacle = why;
    tell(why, processState);
  };

  return {
    get obstacle() {
      return obstacle;
    },
    report,
    foreign(processState) {
      foreign += 1;
      if (foreign >= foreignAnswers) report('socket-lost', processState);
    },
    strange(processState) {
      strange += 1;
      if (strange >= strangeAnswers) report('hung', processState);
    },
    answered() {
      foreign = 0;
      if (obstacle === 'socket-lost') obstacle = null;
    },
    over() {
      obstacle = null;
      strange = 0;
    },
  };
};
