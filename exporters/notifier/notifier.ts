import type { Paths } from '../../agent/paths.ts';
import { createNotes } from './agent/record-notes.ts';
import { createReporting } from './agent/reporting.ts';
import { createSettings, type Settings } from './agent/settings.ts';
import { begin } from './begin.ts';
import type { Book } from './classify/book.ts';
import { createDispatch } from './dispatch.ts';
import { openOutbox } from './outbox/open.ts';
import type { Outbox } from './outbox/outbox.ts';
import { ability } from './outside/ability.ts';
import { openOutside } from './outside/outside.ts';
import { passedOn } from './passed-on.ts';
import type { Say } from './process-log.ts';
import { createSubscription } from './subscription.ts';
import { createTroubles, type Troubles } from './troubles.ts';

export interface NotifierOptions {
  paths: Paths;
  env: NodeJS.ProcessEnv;
  say: Say;
  /** Gives up waiting for a first answer of the agent. */
  signal: AbortSignal;
  /** The agent answers, and its settings are taken up: for the first time, and again after each loss. */
  onReady(): void;
}

export interface Notifier {
  /** Resolves when nothing is being sent any more; what waits is kept. */
  stop(): Promise<void>;
}

/** What was told long ago is forgotten once in so long, ms. */
const tidyMs = 3_600_000;

const now = (): number => Date.now();

/** What all parts are made of. */
interface Ground {
  outbox: Outbox;
  book: Book;
  settings: Settings;
  startedAt: number;
  troubles: Troubles;
}

/** Makes every part and ties them together; nothing happens before `start`, which throws where the disk does not take it. */
const compose = (options: NotifierOptions, ground: Ground) => {
  const { agentSocket } = options.paths;
  const { outbox, book, settings, startedAt, troubles } = ground;
  const host = (): string => settings.current().host;
  let tidying: NodeJS.Timeout | undefined;

  const dispatch = createDispatch(book, {
    outbox,
    now,
    troubles,
    settings: settings.current,
    onSettled: () => {
      void notes.flush();
      reporting.soon();
    },
  });
  const { desk, pumps } = dispatch;

  const reconfigure = (): Promise<void> =>
    settings
      .refresh(line)
      .catch(() => undefined)
      .then(() => troubles.attempt(outside.configure));

  const subscription = createSubscription({
    agentSocket,
    desk,
    startedAt,
    now,
    troubles,
    reconfigure,
    requests: passedOn({
      now,
      host,
      list: desk.list,
      channels: pumps.channels,
      pairing: () => outside.pairing(),
    }),
    catchUp: () => {
      void notes.flush();
      reporting.report();
      options.onReady();
    },
  });
  const { line } = subscription;
  const notes = createNotes(outbox, line, troubles.notRecorded);

  const outside = openOutside({
    ...options,
    now,
    outbox,
    agent: line,
    settings: settings.current,
    record: notes.add,
    onChannels: (channels) => {
      void pumps.set(channels);
      reporting.soon();
    },
    canDoItsJob: () => ability({ ...subscription.standing(), ...pumps.people() }),
  });

  const reporting = createReporting(
    line,
    () => ({ desk, outbox, channels: pumps.channels(), startedAt, ...outside.status() }),
    now,
  );

  return {
    start(): void {
      outside.configure();
      tidying = setInterval(() => troubles.attempt(() => outbox.tidy(now())), tidyMs);
      subscription.start();
      reporting.report();
      desk.tick();
    },
    async stop(): Promise<void> {
      clearInterval(tidying);
      notes.close();
      await Promise.all([subscription.stop(), dispatch.stop(), outside.stop()]);
      reporting.stop();
    },
  };
};

/**
 * The composition root: the only file that knows every part.
 * @throws Failure `outbox-in-use`, AbortError, and where the disk does not take it; nothing is left open then
 */
export const startNotifier = async (options: NotifierOptions): Promise<Notifier> => {
  const { paths, say, signal } = options;
  const startedAt = now();
  const troubles = createTroubles(say);
  let settings: Settings;
  const host = (): string => settings.current().host;
  const { outbox, close } = openOutbox(paths.notifierDir, host, troubles.outboxSetAside);
  try {
    const first = await begin(outbox, startedAt, { agentSocket: paths.agentSocket, say, signal });
    settings = createSettings(first.settings, outbox);
    const parts = compose(options, { outbox, book: first.book, settings, startedAt, troubles });
    try {
      parts.start();
    } catch (cause) {
      await parts.stop();
      throw cause;
    }
    return { stop: () => parts.stop().finally(close) };
  } catch (cause) {
    close();
    throw cause;
  }
};
