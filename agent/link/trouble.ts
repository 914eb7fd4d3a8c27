import type { LinkNotifications } from '../protocol/link.ts';

export type Trouble = LinkNotifications['server.unreachable']['why'];

/** Somebody else answered on the socket so often in a row, while the server lives: one answer proves nothing. */
const foreignAnswers = 2;

/** So many listings in a row that cannot be read are trouble. */
const strangeAnswers = 3;

/** What keeps a server from being reached, told once; and the answers that prove nothing until they repeat. */
export const createTrouble = (tell: (why: Trouble, processState: string) => void) => {
  let current: Trouble | null = null;
  let foreign = 0;
  let strange = 0;

  const report = (why: Trouble, processState = ''): void => {
    if (current === why) return;
    current = why;
    tell(why, processState);
  };

  return {
    get current() {
      return current;
    },
    report,
    /** Somebody else answered. */
    foreign(processState: string): void {
      foreign += 1;
      if (foreign >= foreignAnswers) report('socket-lost', processState);
    },
    /** It answered nothing that can be read: nobody must take that for all is well. */
    strange(processState: string): void {
      strange += 1;
      if (strange >= strangeAnswers) report('hung', processState);
    },
    /** A knock at the socket led to the server. */
    answered(): void {
      foreign = 0;
      if (current === 'socket-lost') current = null;
    },
    /** A listing came, or what was wrong is to be told again. */
    over(): void {
      current = null;
      strange = 0;
    },
  };
};
