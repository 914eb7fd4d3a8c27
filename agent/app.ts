import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createForetelling } from './act/foretelling.ts';
import { createNotifierSeat } from './api/notifier-seat.ts';
import { createActing } from './app/acting.ts';
import { begin } from './app/begin.ts';
import { end } from './app/end.ts';
import { fanOut } from './app/fan-out.ts';
import { startListening } from './app/listening.ts';
import { createObserving } from './app/observing.ts';
import { openRecording } from './app/recording.ts';
import { startSchedule } from './app/schedule.ts';
import { createTelling } from './app/telling.ts';
import { loadConfig } from './config-files.ts';
import { expireIntents } from './decide/intents.ts';
import { version } from './model/version.ts';
import { createLastScreens } from './observe/machine/last-screens.ts';
import { bootId as readBootId } from './observe/machine/procfs.ts';
import { readResources } from './observe/machine/resources.ts';
import { createSampler } from './observe/machine/sampler.ts';
import { ownUse } from './observe/machine/self.ts';
import { loadGiveBack } from './os/spare-memory.ts';
import { checkSocketPath, type Paths } from './paths.ts';
import { createBotHealthLines } from './tell/bot-health-lines.ts';
import { logHealth } from './tell/health-line.ts';
import { logSessionHealth } from './tell/session-health-line.ts';
import { createStatusWriter } from './tell/status-writer.ts';

export interface AppOptions {
  paths: Paths;
  /** Under `holdfast up`, where no systemd supervises us. */
  embedded: boolean;
  env: NodeJS.ProcessEnv;
}

export interface App {
  /** Reads the configuration again; a broken one is refused and the old one stays. @throws ConfigFailure */
  reload(): Promise<{ hash: string }>;
  /** Ends the run cleanly: nothing recorded is lost, no session is touched. */
  stop(): Promise<void>;
}

const prepareDirectories = ({ agentSocket, linkSocket, heartbeatSocket, tmuxDir }: Paths): void => {
  for (const path of [agentSocket, linkSocket, heartbeatSocket]) {
    mkdirSync(dirname(checkSocketPath(path)), { recursive: true, mode: 0o700 });
  }
  mkdirSync(tmuxDir, { recursive: true, mode: 0o700 });
};

/**
 * The composition root: it and the files of `app/` are the only ones that know every part.
 * @throws ConfigFailure before anything is started; LogFailure when the log cannot be opened
 */
export const startApp = async ({ paths, embedded, env }: AppOptions): Promise<App> => {
  const load = () => loadConfig(paths);
  const loaded = load();
  const bootId = readBootId();
  const startedAt = Date.now();
  const now = (): number => Date.now();
  prepareDirectories(paths);

  // Before the store's thread is started, which then can collect its own garbage.
  const giveBack = loadGiveBack();
  const telling = createTelling(paths, env, loaded.config);
  const recording = await openRecording(paths, telling, now);
  const observing = createObserving(loaded, paths, recording, telling, {
    load,
    now,
    bootId,
    onObserved: () => acting.recovery.consider(),
  });
  const acting = createActing(recording, observing, telling, {
    now,
    bootId,
    paths,
  });
  const { redact, redactions, logger, outputs, manager, levels, onTrouble } = telling;
  const { log, history, state, record, publisher, keeper } = recording;
  const { samples, configuration, observer, witness } = observing;
  const { sources, memoryEvents, bots, units, lastLines } = observing;
  const { recovery, verdicts, endings, outcomes } = acting;

  const notifier = createNotifierSeat(now);
  const run = { version, nodeVersion: process.version, pid: process.pid, startedAt, embedded };
  const status = createStatusWriter(
    {
      ...{ run, state, samples, bootId, redactions, now, use: ownUse },
      log: () => log.health(),
      journal: outputs.journal.health,
      notifier: notifier.status,
      witness: witness.current,
      sources: sources.current,
      heartbeats: bots.totals,
      units: units.status,
    },
    outputs.state,
    manager,
  );
  const sample = createSampler(redact);
  const foretell = createForetelling({ state, samples, record, now });
  const filling = [dirname(paths.stateFile), dirname(paths.lifecycleLog), '/'];
  const lastScreens = createLastScreens({ path: paths.screensFile, samples, state, redact });
  const logBotHealth = createBotHealthLines(logger);
  const schedule = startSchedule(
    {
      measure: async () => {
        await sample(state, samples, now());
        samples.resources = await readResources(filling, now());
      },
      measured: () => {
        memoryEvents.look().catch((cause) => onTrouble('cgroups could not be read', cause));
        observer.lookWithoutLink();
        bots.look();
        record(expireIntents(state(), now()));
        // What was held back for a while may be due, though nothing happened.
        recovery.consider();
        foretell();
      },
      look: () => {
        acting.healthWatch.look();
        acting.refreshing.look();
      },
      status: status.turn,
      health: () => logHealth(logger, status.document()),
      sessions: () => {
        logSessionHealth(logger, status.document());
        logBotHealth(status.document());
      },
      retain: () => keeper.retain(configuration.current().retention),
      watchdog: manager.watchdog,
      witness: witness.turn,
      units: units.turn,
      sources: sources.look,
      screens: lastScreens.keep,
      giveBack,
    },
    { healthMs: configuration.current().health.intervalMs, watchdogMs: manager.watchdogIntervalMs },
    onTrouble,
  );
  history.onRecorded = fanOut(onTrouble, [
    status.changed,
    (events) => {
      // A life that ends within seconds has a record too: it is measured when it is young.
      if (events.some(({ type }) => type === 'supervision.started')) schedule.measureSoon();
    },
    publisher.recorded,
    verdicts.take,
    lastLines.take,
    endings.take,
    outcomes.take,
    recovery.consider,
  ]);
  log.onStored = fanOut(onTrouble, [publisher.stored, outputs.stored]);
  const { screensFile } = paths;
  await begin(recording, observing, acting, telling, {
    ...{ startedAt, bootId, embedded, screensFile },
  });
  void sources.look();

  const reload = async (): Promise<{ hash: string }> => {
    manager.reloading();
    try {
      const applied = configuration.reload();
      levels.apply(configuration.current().log);
      return applied;
    } finally {
      manager.ready();
    }
  };
  const listening = await startListening(paths, recording, observing, acting, telling, {
    reload,
    status: status.document,
    notifier,
  });
  await Promise.all([schedule.measureNow(), witness.look()]);
  status.write();
  manager.ready();
  // To read the program alone takes memory that nothing needs afterwards.
  giveBack();

  const stop = (): Promise<void> =>
    end(recording, acting, telling, {
      ...{ schedule, listening, status, now, lastLines, lastScreens },
    });
  return { reload, stop };
};
