import type { Paths } from '../../agent/paths.ts';
import { createNotes } from './agent/record-notes.ts';
import { createReporting } from './agent/reporting.ts';
import { createSettings } from './agent/settings.ts';
import { begin } from './begin.ts';
import { createDispatch } from './dispatch.ts';
import { openOutbox } from './outbox/open.ts';
import { ability } from './outside/ability.ts';
import { openOutside } from './outside/outside.ts';
import { passedOn } from './passed-on.ts';
import type { Say } from './process-log.ts';
import { createSubscription } from './subscription.ts';
import { createTroubles } from './troubles.ts';

export interface NotifierOptions {
  paths: Paths;
  env: NodeJS.ProcessEnv;
  say: Say;
  /** Gives up waiting for a first answer of the agent. */
  signal: AbortSignal;
}

export interface Notifier {
  /** Resolves when nothing is being sent any more; what waits is kept. */
  stop(): Promise<void>;
}

/** What was told long ago is forgotten once in so long, ms. */
const tidyMs = 3_600_000;

/**
 * The composition root: the only file that knows every part.
 * @throws Failure `outbox-in-use`, and where the outbox cannot be opened
 */
export const startNotifier = async (options: NotifierOptions): Promise<Notifier> => {
  const { paths, say, signal } = options;
  const { agentSocket } = paths;
  const now = (): number => Date.now();
  const startedAt = now();
  const troubles = createTroubles(say);
  const host = (): string => settings.current().host;
  const { outbox, close } = openOutbox(paths.notifierDir, host, troubles.outboxSetAside);
  const first = await begin(outbox, startedAt, { agentSocket, say, signal });
  const settings = createSettings(first.settings, outbox);

  const telling = createDispatch(first.book, {
    ...{ outbox, now, troubles, settings: settings.current },
    onSettled: () => {
      void notes.flush();
      reporting.soon();
    },
  });
  const { desk, pumps } = telling;

  const conversation = createSubscription({
    ...{ agentSocket, desk, startedAt, now, troubles },
    requests: passedOn({
      ...{ now, host, list: desk.list, channels: pumps.channels },
      pairing: () => outside.pairing(),
    }),
    // Also where the settings are the same: a credential, which is none, may have changed.
    onConfig: () => void readSettings().then(configure),
    readSettings: async () => {
      if (await readSettings()) configure();
    },
    catchUp: () => {
      void notes.flush();
      reporting.report();
    },
  });
  const { line } = conversation;
  const notes = createNotes(outbox, line, troubles.notRecorded);

  const outside = openOutside({
    ...options,
    ...{ now, outbox, agent: line, settings: settings.current, record: notes.add },
    onChannels: (channels) => {
      void pumps.set(channels);
      reporting.soon();
    },
    canDoItsJob: () => ability({ ...conversation.standing(), ...pumps.people() }),
  });

  const reporting = createReporting(
    line,
    () => ({ desk, outbox, channels: pumps.channels(), startedAt, ...outside.status() }),
    now,
  );

  /** @returns whether there are others now */
  const readSettings = (): Promise<boolean> => settings.refresh(line).catch(() => false);
  const configure = (): void => troubles.attempt(outside.configure);
  const tidying = setInterval(() => troubles.attempt(() => outbox.tidy(now())), tidyMs);

  outside.configure();
  conversation.start();
  reporting.report();
  desk.tick();

  return {
    stop: async () => {
      reporting.stop();
      clearInterval(tidying);
      await Promise.all([conversation.stop(), telling.stop(), outside.stop()]);
      close();
    },
  };
};
