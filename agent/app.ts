import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createEndings } from './act/await-ends.ts';
import { createRecovery } from './act/carry-out-plan.ts';
import type { Hands } from './act/executor.ts';
import { createOperator } from './act/operator.ts';
import { createSettling } from './act/settle-previous.ts';
import { createVerdicts } from './act/verdicts.ts';
import { peerCredentials } from './api/credentials.ts';
import { createMethods } from './api/methods.ts';
import { createPublisher } from './api/publisher.ts';
import { listenForClients } from './api/server.ts';
import { fanOut } from './app/fan-out.ts';
import { createLogKeeper } from './app/log-keeper.ts';
import { redactTexts } from './app/redact-texts.ts';
import { startSchedule } from './app/schedule.ts';
import { loadConfig } from './config-files.ts';
import { expireIntents } from './decide/intents.ts';
import { RequestFailure } from './model/failure.ts';
import { emptySamples } from './model/samples.ts';
import { version } from './model/version.ts';
import { createConfiguration } from './observe/config/configuration.ts';
import { previousRun, rebootEnds } from './observe/life/previous-run.ts';
import { listenForLinks } from './observe/link/links.ts';
import { commandOf, isAlive, bootId as readBootId } from './observe/machine/procfs.ts';
import { createSampler } from './observe/machine/sampler.ts';
import { ownUse } from './observe/machine/self.ts';
import { createObserver } from './observe/observer.ts';
import { requester } from './observe/requester.ts';
import { checkSocketPath, type Paths } from './paths.ts';
import { openHistory } from './store/open-history.ts';
import { logHealth } from './tell/health-line.ts';
import { createLevelSwitch } from './tell/level-switch.ts';
import { createOutputs } from './tell/outputs.ts';
import { createProcessLog } from './tell/process-log.ts';
import { createRedactor } from './tell/redactor.ts';
import { createServiceManager } from './tell/service-manager.ts';
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

const prepareDirectories = ({ agentSocket, linkSocket, tmuxDir }: Paths): void => {
  for (const path of [agentSocket, linkSocket]) {
    mkdirSync(dirname(checkSocketPath(path)), { recursive: true, mode: 0o700 });
  }
  mkdirSync(tmuxDir, { recursive: true, mode: 0o700 });
};

/**
 * The composition root: the only file that knows every part.
 * @throws ConfigFailure before anything is started; LogFailure when the log cannot be opened
 */
export const startApp = async ({ paths, embedded, env }: AppOptions): Promise<App> => {
  const load = () => loadConfig(paths);
  const loaded = load();
  const bootId = readBootId();
  const startedAt = Date.now();
  const now = (): number => Date.now();
  prepareDirectories(paths);

  // What is written for people, and what must not be in it.
  const { redact, count: redactions } = createRedactor();
  const processLog = createProcessLog({
    level: loaded.config.log.level,
    sessionLevels: loaded.config.log.sessions,
    redact,
    copy: (session, line) => outputs.sessions.line(session, line),
  });
  const logger = processLog.child('agent');
  const levels = createLevelSwitch(processLog);
  const outputs = createOutputs(paths, redact, logger);
  const notifier = createServiceManager(env, {
    onError: (cause) => logger.log('warn', 'systemd cannot be told', { err: cause }),
  });
  const onTrouble = (what: string, cause: unknown): void =>
    logger.log('warn', what, { err: cause instanceof Error ? cause.message : cause });

  // The log, and the state it folds to.
  const { log, history, before, quarantined } = await openHistory(paths);
  const { state } = history;
  const record: Hands['record'] = (events, trace) =>
    void history.record(
      events.map((event) => redactTexts(event, redact)),
      trace,
    );
  const publisher = createPublisher(log, now);
  const keeper = createLogKeeper({ log, state, record, now, logger });

  // Observe.
  const samples = emptySamples();
  const observed = new Set<string>();
  const settle = createSettling(before, { state, record, now });
  const configuration = createConfiguration(loaded, {
    ...{ source: paths.config, tmuxDir: paths.tmuxDir, load, state, record, now },
    onApplied: (servers) =>
      observer
        .link()
        ?.call('watch', { servers })
        .catch((cause: unknown) => onTrouble('the link refused what to watch', cause)),
    onWarning: (text) => logger.log('warn', text),
  });
  const world = () => ({
    ...{ samples, now: now(), bootId, redact, commandOf, isAlive },
    linkSince: observer.linkSince(),
  });
  const observer = createObserver({
    ...{ state, samples, world, record, onTrouble, orders: configuration.orders },
    keepScreen: (text) => log.putBlob(text),
    onLink: () => observed.clear(),
    onObserved: (server) => {
      observed.add(server);
      settle(server);
      recovery.consider();
    },
    onSockets: configuration.found,
    credentialsOf: peerCredentials,
  });

  // Decide and act.
  const hands: Hands = {
    ...{ state, now, record, config: configuration.current, durable: () => log.durable() },
    call: (method, params) => {
      const link = observer.link();
      if (!link) throw new RequestFailure('no-link', 'no link is connected', { retryable: true });
      return link.call(method, params);
    },
  };
  const recovery = createRecovery(hands, observed, onTrouble);
  const cleanStop = before.agent?.stopping ?? false;
  const verdicts = createVerdicts({ state, now, bootId, record, cleanStop });
  const endings = createEndings((life) => life in state().lives);
  const operator = createOperator(hands, endings.until);

  // Tell.
  const status = createStatusWriter(
    {
      ...{ state, samples, bootId, redactions, now, use: ownUse, log: () => log.health() },
      run: { version, nodeVersion: process.version, pid: process.pid, startedAt, embedded },
    },
    outputs.state,
    notifier,
  );
  // A life that ends within seconds has a record too: it is measured when it is young.
  let measureSoon = (): void => undefined;
  history.onRecorded = fanOut(onTrouble, [
    status.changed,
    (events) => {
      if (events.some(({ type }) => type === 'supervision.started')) measureSoon();
    },
    publisher.recorded,
    verdicts.take,
    endings.take,
    recovery.consider,
  ]);
  history.onRejected = (reason, { type, seq }) =>
    logger.log('warn', 'an impossible event was rejected', { reason, type, seq });
  log.onStored = fanOut(onTrouble, [publisher.stored, outputs.stored]);
  log.onQuarantined = (damaged) => keeper.quarantined(damaged, now());
  log.onHealth = (health) => {
    publisher.setDegraded(health.status === 'degraded');
    keeper.health(health);
  };

  // Begin: what the log was found to be, what went meanwhile, who we are, what is wanted.
  if (quarantined) keeper.quarantined(quarantined, startedAt);
  for (const ends of rebootEnds(before, world())) record(ends.events);
  const run = { version, pid: process.pid, bootId, embedded, previous: previousRun(before) };
  record([{ at: startedAt, type: 'agent.started', data: run }]);
  configuration.begin();
  await verdicts
    .resume(before, log)
    .catch((cause: unknown) => onTrouble('old incidents stay unexplained', cause));

  const reload = async (): Promise<{ hash: string }> => {
    notifier.reloading();
    try {
      const applied = configuration.reload();
      levels.apply(configuration.current().log);
      return applied;
    } finally {
      notifier.ready();
    }
  };
  const links = await listenForLinks(checkSocketPath(paths.linkSocket), observer.handler);
  const clients = await listenForClients(checkSocketPath(paths.agentSocket), {
    methods: createMethods({
      ...{ state, log, publisher, operator, reload },
      ...{ status: status.document, logLevel: levels.set },
    }),
    requesterOf: (socket) => requester(state(), peerCredentials(socket)),
    onTrouble,
  });

  const sample = createSampler(redact);
  const schedule = startSchedule(
    {
      measure: () => sample(state, samples, now()),
      measured: () => {
        observer.lookWithoutLink();
        record(expireIntents(state(), now()));
        // What was held back for a while may be due, though nothing happened.
        recovery.consider();
      },
      status: status.turn,
      health: () => logHealth(logger, status.document()),
      retain: () => keeper.retain(configuration.current().retention),
      watchdog: notifier.watchdog,
    },
    {
      healthMs: configuration.current().health.intervalMs,
      watchdogMs: notifier.watchdogIntervalMs,
    },
    onTrouble,
  );
  measureSoon = schedule.measureSoon;
  await schedule.measureNow();
  status.write();
  notifier.ready();

  return {
    reload,
    stop: async () => {
      notifier.stopping();
      recovery.stop();
      schedule.stop();
      verdicts.close();
      links.close();
      clients.close();
      record([{ at: now(), type: 'agent.stopping', data: { reason: 'signal' } }]);
      await log.saveSnapshot(state()).catch(() => undefined);
      await log.close();
      status.write();
      await outputs.close();
      await Promise.race([
        processLog.flushed(),
        new Promise((resolve) => setTimeout(resolve, 500)),
      ]);
    },
  };
};
