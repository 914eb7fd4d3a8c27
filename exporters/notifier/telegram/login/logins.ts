import { type BotNeeded, isSameBot } from '../../../../agent/model/bot/bot-needed.ts';
import { TelegramFailure } from '../api/failure.ts';
import { atMost } from '../at-most.ts';
import { type ShowLoginPorts, showLogin, type Viewing } from './show-login.ts';

export interface LoginTimes {
  /** How long it is shown. ms */
  openMs: number;
  /** Between two looks at what the bot needs. ms */
  lookMs: number;
  /** After which what could not be taken back is tried again. ms */
  sweepMs: number;
}

export interface LoginsPorts extends Omit<ShowLoginPorts, 'times'> {
  times?: Partial<LoginTimes> | undefined;
}

/** What bots need, as people on the phone are being shown it. */
export interface Logins {
  /**
   * Shows it to this person alone, in the private chat with him, until the bot is ready, some minutes at most. Resolves
   * when it is shown. @throws TelegramFailure where it cannot be
   */
  open(user: string, need: BotNeeded): Promise<'shown' | 'is-shown' | 'too-many'>;
  /** He may see nothing any more. */
  end(user: string): void;
  /** Takes back what an earlier process left. */
  start(): void;
  /** Takes back all that is shown, within some seconds. */
  stop(): Promise<void>;
}

const usualTimes: LoginTimes = { openMs: 180_000, lookMs: 3000, sweepMs: 60_000 };

/** Of one person, and of all: each is asked for every few seconds. */
const most = { ofUser: 4, inAll: 8 } as const;

/** A chat takes one message a second: what waits before it are two, one that is empty and what is put into it. */
const stopMs = 3000;

interface Open extends Viewing {
  /** Resolves when nothing of it is in the chat any more. */
  done: Promise<void>;
}

export const createLogins = ({ times: given, ...ports }: LoginsPorts): Logins => {
  const { takenBack } = ports;
  const times = { ...usualTimes, ...given };
  const open = new Set<Open>();
  let sweeping: NodeJS.Timeout | undefined;
  let isStopped = false;

  const of = (user: string): Open[] => [...open].filter((one) => one.user === user);

  /** Resolves when it is shown; who stops us waits for what is being sent, and then for its end. */
  const begin = async (user: string, need: BotNeeded): Promise<void> => {
    const viewing: Viewing = { user, need, over: new AbortController() };
    const begun = showLogin({ ...ports, times }, viewing);
    const done = begun
      .then(({ gone }) => gone)
      .catch(() => undefined)
      .finally(() => open.delete(one));
    const one: Open = { ...viewing, done };
    open.add(one);
    await begun;
  };

  return {
    open: async (user, need) => {
      if (isStopped) throw new TelegramFailure('aborted', 'the notifier is being stopped');
      if (of(user).some((one) => isSameBot(one.need, need))) return 'is-shown';
      if (of(user).length >= most.ofUser || open.size >= most.inAll) return 'too-many';
      await begin(user, need);
      return 'shown';
    },
    end: (user) => {
      for (const { over } of of(user)) over.abort('not his');
    },
    start: () => {
      void takenBack.sweep();
      sweeping = setInterval(() => void takenBack.sweep(), times.sweepMs);
      sweeping.unref();
    },
    stop: async () => {
      isStopped = true;
      clearInterval(sweeping);
      for (const { over } of open) over.abort('stopped');
      await atMost(stopMs, Promise.all([...open].map(({ done }) => done)));
    },
  };
};
