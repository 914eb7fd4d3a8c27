import { join } from 'node:path';
import { messageOf } from '../../agent/model/failure.ts';
import type { Paths } from '../../agent/paths.ts';
import { firstContact } from './agent/first-contact.ts';
import { createIntake } from './agent/intake.ts';
import { createAgentLine } from './agent/line.ts';
import { createNotes } from './agent/notes.ts';
import { reportOf } from './agent/report.ts';
import { createSettings, keptSettings } from './agent/settings.ts';
import { emptyBook } from './classify/book.ts';
import { takenTypes } from './classify/take.ts';
import { createPumps } from './deliver/pumps.ts';
import { createDesk } from './desk.ts';
import { openDatabase } from './outbox/database.ts';
import { createOutbox } from './outbox/outbox.ts';
import { createReserve, withReserve } from './outbox/reserve.ts';
import { ability } from './outside/ability.ts';
import { openOutside } from './outside/outside.ts';
import { passedOn } from './passed-on.ts';
import type { Say } from './process-log.ts';
import { createTimer } from './timer.ts';

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

/** How often it says how it is, and how soon after something changed; ms. */
const reportMs = 15_000;
const reportSoonMs = 300;

/** An agent that has not answered by then is missing, ms. */
const expectAgentMs = 5000;

/** A disk that takes nothing is tried again after so long, ms. */
const tickAgainMs = 10_000;

/** What was told long ago is forgotten once in so long, ms. */
const tidyMs = 3_600_000;

const openStore = ({ paths, say }: NotifierOptions, host: () => string) => {
  const reserve = createReserve(join(paths.notifierDir, 'reserve'));
  const open = () =>
    openDatabase(join(paths.notifierDir, 'outbox.db'), (aside) =>
      say('error', 'the outbox was damaged and is set aside; people have to pair again', { aside }),
    );
  const database = withReserve(reserve, open);
  reserve.hold();
  return createOutbox(database, host, reserve);
};

/** The composition root: the only file that knows every part. @throws where the outbox cannot be opened */
export const startNotifier = async (options: NotifierOptions): Promise<Notifier> => {
  const { paths, say, signal } = options;
  const now = (): number => Date.now();
  const startedAt = now();
  const outbox = openStore(options, () => settings.current().host);
  const book = outbox.load();
  const kept = keptSettings(outbox);
  const contact =
    book && kept
      ? { head: book.cursor, settings: kept }
      : await firstContact(paths.agentSocket, signal, say);
  const settings = createSettings(contact.settings, outbox);
  const alerts = () => settings.current().alerts;

  const pumps = createPumps(
    {
      ...{ outbox, now, random: Math.random, steady: () => performance.now() },
      onSuppressed: (reason, count) => desk.suppressed(reason, count),
      onSettled: () => {
        void notes.flush();
        reporting.by(now() + reportSoonMs);
      },
      onTrouble: (channel, code, message) =>
        say('warn', 'a channel takes no alerts', { channel, code, why: message }),
      onTroubleOver: (channel) => say('info', 'a channel takes alerts again', { channel }),
    },
    alerts,
  );
  const desk = createDesk(book ?? emptyBook(contact.head), {
    ...{ outbox, now, settings: settings.current, listeners: pumps.listeners },
    onTurn: () => {
      pumps.wake();
      ticking.by(outbox.nextHeld() ?? Number.POSITIVE_INFINITY);
    },
    onTrouble: (cause) => {
      say('error', 'alerts cannot be stored', { why: messageOf(cause) });
      ticking.by(now() + tickAgainMs);
    },
  });
  const intake = createIntake({
    take: desk.take,
    onTrouble: (why) => say('error', 'alerts cannot be stored', { why }),
    onTroubleOver: () => say('info', 'alerts are stored again'),
  });
  const line = createAgentLine({
    socket: paths.agentSocket,
    types: takenTypes,
    requests: passedOn({
      ...{ now, list: desk.list, channels: pumps.channels },
      host: () => settings.current().host,
      pairing: () => outside.pairing(),
    }),
    onEvents: (events) => {
      intake.put(events);
      if (events.some(({ type }) => type === 'config.applied')) void readSettings(true);
    },
    onConnected: () => void greet(),
    onLost: () => {
      say('warn', 'the agent does not answer');
      desk.agentGone(now());
    },
  });
  const notes = createNotes(outbox, line, (cause) =>
    say('error', 'the log does not take what the notifier did', { why: messageOf(cause) }),
  );
  const outside = openOutside({
    ...options,
    ...{ now, outbox, agent: line, settings: settings.current, record: notes.add },
    onChannels: (channels) => {
      void pumps.set(channels);
      reporting.by(now() + reportSoonMs);
    },
    canDoItsJob: () => {
      const people = pumps.channels().filter(({ audience }) => audience === 'people');
      const failed = people.filter(({ name }) => outbox.channels.of(name).status === 'failed');
      return ability({
        ...{ isConnected: line.connected, isStuck: intake.isStuck },
        ...{ people: people.length, failed: failed.length },
      });
    },
  });

  /** @param again a credential may have changed, which is no setting */
  const readSettings = async (again: boolean): Promise<void> => {
    const changed = await settings.refresh(line).catch(() => false);
    if (changed || again) attempt(outside.configure);
  };
  /** A full disk is no reason to end: it is tried again with the next change, or the next tidying. */
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (cause) {
      say('error', 'the disk does not take it', { why: messageOf(cause) });
    }
  };
  const report = (): void => {
    reporting.by(now() + reportMs);
    if (!line.connected) return;
    const channels = pumps.channels().map(({ name }) => name);
    const parts = { desk, outbox, channels, startedAt, ...outside.status() };
    line.call('notifier.report', reportOf(parts, now())).catch(() => undefined);
  };
  const greet = async (): Promise<void> => {
    desk.agentBack(now());
    await line
      .call('notifier.attach', {})
      .catch((cause: unknown) =>
        say('error', 'the agent does not take the notifier', { why: messageOf(cause) }),
      );
    await readSettings(false);
    void notes.flush();
    report();
    process.send?.({ ready: true });
  };
  const reporting = createTimer(report, now);
  const ticking = createTimer(() => desk.tick(), now);
  const tidying = setInterval(() => attempt(() => outbox.tidy(now())), tidyMs);
  const expecting = setTimeout(() => line.connected || desk.agentGone(startedAt), expectAgentMs);

  outside.configure();
  const following = line.run(desk.cursor);
  report();
  desk.tick();

  return {
    stop: async () => {
      line.stop();
      for (const timer of [reporting, ticking]) timer.stop();
      clearInterval(tidying);
      clearTimeout(expecting);
      intake.close();
      await Promise.all([pumps.stop(), outside.stop(), following]);
      outbox.database.close();
    },
  };
};
