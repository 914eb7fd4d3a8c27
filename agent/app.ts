import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Hands } from './act/executor.ts';
import { logHealth } from './act/health-line.ts';
import { createLevelSwitch } from './act/level-switch.ts';
import { createNotifier } from './act/notify.ts';
import { createOperator } from './act/operator.ts';
import { createOutputs } from './act/outputs.ts';
import { createProcessLog } from './act/process-log.ts';
import { createRecovery } from './act/recovery.ts';
import { createRedactor } from './act/redactor.ts';
import { createTimers } from './act/timers.ts';
import { createVerdicts } from './act/verdicts.ts';
import { peerCredentials } from './api/credentials.ts';
import { createMethods } from './api/methods.ts';
import { createPublisher } from './api/publisher.ts';
import { listenForClients } from './api/server.ts';
import { loadConfig } from './config-files.ts';
import { settleActions } from './decide/settle.ts';
import { describeStatus, statusText } from './model/describe.ts';
import type { Event } from './model/event.ts';
import { RequestFailure } from './model/failure.ts';
import { emptySamples } from './model/samples.ts';
import type { StatusDocument } from './model/status.ts';
import { version } from './model/version.ts';
import { listenForLinks } from './observe/links.ts';
import { createObserver } from './observe/observer.ts';
import { type FoundSocket, watchOrders } from './observe/orders.ts';
import { previousRun, rebootEnds } from './observe/previous-run.ts';
import { commandOf, isAlive, bootId as readBootId } from './observe/procfs.ts';
import { requester } from './observe/requester.ts';
import { createSampler } from './observe/sampler.ts';
import { ownUse } from './observe/self.ts';
import { configEvents, socketsOfState } from './observe/settings.ts';
import { checkSocketPath, type Paths } from './paths.ts';
import { createHistory } from './store/history.ts';
import { openLog } from './store/open.ts';
import { replay } from './store/replay.ts';

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

const sampleEveryMs = 5000;
/** A change is in the state file within this time, and the file is never older than five times it. */
const stateEveryMs = 1000;
const retainEveryMs = 3_600_000;
const snapshotEveryMs = 24 * 3_600_000;
/** Replaying more than this at a start is saved for the next one. */
const manyEvents = 5000;

const prepareDirectories = ({ agentSocket, linkSocket, tmuxDir, eventsDb }: Paths): void => {
  for (const path of [agentSocket, linkSocket]) {
    mkdirSync(dirname(checkSocketPath(path)), { recursive: true, mode: 0o700 });
  }
  mkdirSync(tmuxDir, { recursive: true, mode: 0o700 });
  mkdirSync(dirname(eventsDb), { recursive: true, mode: 0o700 });
};

/**
 * The composition root: the only file that knows every part.
 * @throws ConfigFailure before anything is started; LogFailure when the log cannot be opened
 */
export const startApp = async ({ paths, embedded, env }: AppOptions): Promise<App> => {
  let { config, warnings } = loadConfig(paths);
  const bootId = readBootId();
  const startedAt = Date.now();
  const now = (): number => Date.now();
  prepareDirectories(paths);

  // What is written for people, and what must not be in it.
  const { redact, count: redactions } = createRedactor();
  const processLog = createProcessLog({
    level: config.log.level,
    sessionLevels: config.log.sessions,
    redact,
    copy: (session, line) => outputs.sessions.line(session, line),
  });
  const logger = processLog.child('agent');
  const outputs = createOutputs(paths, redact, logger);
  const notifier = createNotifier(env, {
    onError: (cause) => logger.log('warn', 'systemd cannot be told', { err: cause }),
  });
  const onTrouble = (what: string, cause: unknown): void =>
    logger.log('warn', what, { err: cause instanceof Error ? cause.message : cause });

  // The log, and the state it folds to.
  const { log, opening } = await openLog(paths);
  const before = await replay(log, opening.state);
  const history = createHistory(log, before, opening.head);
  const publisher = createPublisher(log, now);
  const samples = emptySamples();
  const unsettled = { actions: Object.values(before.actions) };
  let sockets: FoundSocket[] = socketsOfState(before);
  let stateIsStale = true;

  // Observe.
  const observed = new Set<string>();
  const orders = () => watchOrders(config, paths.tmuxDir, sockets);
  const world = () => ({
    ...{ samples, now: now(), bootId, redact, commandOf, isAlive },
    linkSince: observer.linkSince(),
  });
  const observer = createObserver({
    ...{ state: history.state, samples, world, orders, onTrouble },
    record: history.record,
    keepScreen: (text) => log.putBlob(text),
    onObserved: (server) => {
      observed.add(server);
      settle(server);
      recovery.consider();
    },
    onSockets: (found) => {
      const known = new Set(sockets.map(({ path }) => path));
      const fresh = found.filter(({ path }) => !known.has(path));
      if (fresh.length === 0 || !config.autoAdopt) return;
      sockets = [...sockets, ...fresh];
      applyConfig();
    },
  });
  const settle = (server: string): void => {
    const mine = unsettled.actions.filter(({ target }) => target.server === server);
    if (mine.length === 0) return;
    unsettled.actions = unsettled.actions.filter(({ target }) => target.server !== server);
    history.record(settleActions(history.state(), mine, now()));
  };

  // Decide and act.
  const hands: Hands = {
    ...{ state: history.state, now },
    config: () => config,
    record: (events, trace) => void history.record(events, trace),
    durable: () => log.durable(),
    call: (method, params) => {
      const link = observer.link();
      if (!link) throw new RequestFailure('no-link', 'no link is connected', { retryable: true });
      return link.call(method, params);
    },
  };
  const recovery = createRecovery(hands, observed, onTrouble);
  const verdicts = createVerdicts({
    ...{ state: history.state, now, bootId },
    cleanStop: before.agent?.stopping ?? false,
    record: (events, trace) => void history.record(events, trace),
  });

  const waiting = new Map<string, () => void>();
  const untilEnded = (life: string, limitMs: number): Promise<boolean> =>
    new Promise((resolve) => {
      if (!history.state().lives[life]) return resolve(true);
      const timer = setTimeout(() => waiting.delete(life) && resolve(false), limitMs);
      waiting.set(life, () => {
        clearTimeout(timer);
        waiting.delete(life);
        resolve(true);
      });
    });

  history.onRecorded = (events: readonly Event[]): void => {
    stateIsStale = true;
    publisher.recorded(events);
    verdicts.take(events);
    for (const { type, data } of events) {
      if (type === 'session.ended' || type === 'session.died') waiting.get(data.life)?.();
    }
    recovery.consider();
  };
  history.onRejected = (reason, event) =>
    logger.log('warn', 'an impossible event was rejected', { reason, type: event.type });
  log.onStored = (events) => {
    publisher.stored(events);
    outputs.stored(events);
  };

  // Tell.
  const status = (): StatusDocument => {
    const { status: health, code, queued, dropped, storedSeq, bytes } = log.health();
    const state = history.state();
    const text = statusText(state, { status: health, code });
    const run = { version, nodeVersion: process.version, pid: process.pid, startedAt, embedded };
    return describeStatus(state, samples, {
      at: now(),
      bootId,
      redactions: redactions(),
      agent: {
        ...{ ...run, text, ...ownUse(), config: state.config },
        log: { status: health, code, queued, dropped, storedSeq, bytes },
      },
    });
  };
  const writeState = (): void => {
    stateIsStale = false;
    const document = status();
    outputs.state.write(document);
    notifier.status(document.agent.text);
  };
  log.onHealth = ({ status: health, code, message, queued }) => {
    const degraded = health === 'degraded';
    publisher.setDegraded(degraded);
    logger.log(
      degraded ? 'error' : 'info',
      degraded ? 'the log cannot be written' : 'the log is written again',
      {
        ...{ code, message, queued },
      },
    );
    stateIsStale = true;
    // Replay cannot see past events that were given up: a snapshot of what is known bridges them.
    if (!degraded && log.health().dropped > 0)
      log.saveSnapshot(history.state()).catch(() => undefined);
  };

  // Configuration, now and later.
  const applyConfig = (): void => {
    const where = { source: paths.config, tmuxDir: paths.tmuxDir, sockets };
    history.record(configEvents(history.state(), config, where, now()));
    observer
      .link()
      ?.call('watch', { servers: orders() })
      .catch((cause: unknown) => onTrouble('the link refused what to watch', cause));
  };
  const reload = async (): Promise<{ hash: string }> => {
    notifier.reloading();
    try {
      ({ config, warnings } = loadConfig(paths));
      levels.apply(config.log);
      applyConfig();
    } catch (cause) {
      const first = (cause instanceof Error ? cause.message : String(cause)).slice(0, 400);
      const data = { source: paths.config, problems: 1, first };
      history.record([{ at: now(), type: 'config.rejected', data }]);
      throw cause;
    } finally {
      notifier.ready();
    }
    for (const warning of warnings) logger.log('warn', warning);
    return { hash: history.state().config?.hash ?? '' };
  };
  const levels = createLevelSwitch(processLog);

  // Begin.
  const previous = previousRun(before);
  const run = { version, pid: process.pid, bootId, embedded, previous };
  if (opening.quarantined) {
    logger.log('error', 'a damaged log was set aside', { ...opening.quarantined });
    history.record([{ at: startedAt, type: 'log.quarantined', data: opening.quarantined }]);
  }
  for (const ends of rebootEnds(history.state(), world())) history.record(ends.events);
  history.record([{ at: startedAt, type: 'agent.started', data: run }]);
  applyConfig();
  for (const warning of warnings) logger.log('warn', warning);
  if (history.state().seq - opening.state.seq > manyEvents) {
    log.saveSnapshot(history.state()).catch(() => undefined);
  }

  const links = await listenForLinks(checkSocketPath(paths.linkSocket), observer.handler);
  const operator = createOperator(hands, untilEnded);
  const methods = createMethods({
    ...{ state: history.state, status, log, publisher, operator, reload },
    logLevel: levels.set,
  });
  const clients = await listenForClients(checkSocketPath(paths.agentSocket), {
    ...{ methods, onTrouble },
    requesterOf: (socket) => requester(history.state(), peerCredentials(socket)),
  });

  const sample = createSampler(redact);
  let sampledAt = now();
  const timers = createTimers(onTrouble);
  timers.every(sampleEveryMs, async () => {
    await sample(history.state, samples, now());
    sampledAt = now();
    observer.lookWithoutLink();
  });
  let beats = 0;
  timers.every(stateEveryMs, () => {
    beats += 1;
    if (stateIsStale || beats % 5 === 0) writeState();
  });
  timers.every(config.health.intervalMs, () => logHealth(logger, status()));
  timers.every(snapshotEveryMs, () => log.saveSnapshot(history.state()));
  timers.every(retainEveryMs, async () => {
    await log.saveSnapshot(history.state());
    await log.retain({ ...config.retention, now: now() });
  });
  // The ping is the result of a check: the loop turns, and its samples are fresh.
  const watchdogMs = notifier.watchdogIntervalMs;
  if (watchdogMs !== null) {
    timers.every(watchdogMs / 3, () => {
      if (now() - sampledAt < 4 * sampleEveryMs) notifier.watchdog();
    });
  }
  await sample(history.state, samples, now());
  writeState();
  notifier.ready();

  const stop = async (): Promise<void> => {
    notifier.stopping();
    recovery.stop();
    timers.stop();
    verdicts.close();
    links.close();
    clients.close();
    history.record([{ at: now(), type: 'agent.stopping', data: { reason: 'signal' } }]);
    await log.saveSnapshot(history.state()).catch(() => undefined);
    await log.close();
    writeState();
    await outputs.close();
  };
  return { reload, stop };
};
