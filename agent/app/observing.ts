import { createSettling } from '../act/settle-previous.ts';
import { peerCredentials } from '../api/credentials.ts';
import type { ParsedConfig } from '../model/config/parse.ts';
import { firstOwner } from '../model/owners.ts';
import { emptySamples } from '../model/samples.ts';
import { unitsServer } from '../model/unit-state.ts';
import { createConfiguration } from '../observe/config/configuration.ts';
import { createBots } from '../observe/heartbeat/bots.ts';
import { nameOfUser } from '../observe/machine/accounts.ts';
import { leaderPids } from '../observe/machine/leader-pids.ts';
import { commandOf, isAlive, mayBeOf } from '../observe/machine/procfs.ts';
import { createObserver } from '../observe/observer.ts';
import { createInquiry } from '../observe/sources/inquiry.ts';
import { createJournal, runJournalctl } from '../observe/sources/journal.ts';
import { createKnownSources } from '../observe/sources/known-sources.ts';
import { createMemoryEvents } from '../observe/sources/memory-events.ts';
import { createSources } from '../observe/sources/sources.ts';
import { createTmuxLog } from '../observe/sources/tmux-log.ts';
import { createTmuxOptions } from '../observe/sources/tmux-options.ts';
import { createLastLines } from '../observe/units/last-lines.ts';
import { createPastRuns } from '../observe/units/past-run.ts';
import { createUnits } from '../observe/units/units.ts';
import { createWitnessClient } from '../observe/witness/witness-client.ts';
import { createWitnessStatus } from '../observe/witness/witness-status.ts';
import { managedSocket, type Paths } from '../paths.ts';
import { createOwnerDoubts } from './owner-doubts.ts';
import type { Recording } from './recording.ts';
import { tellWitness } from './tell-witness.ts';
import type { Telling } from './telling.ts';
import { tmuxPorts } from './tmux-ports.ts';

export interface ObservingPorts {
  /** @throws ConfigFailure */
  load(): ParsedConfig;
  now(): number;
  bootId: string;
  /** Something was looked at, or can no longer be. */
  onObserved(): void;
}

/** A bot that speaks by our library does so every 10 s: three were missed. ms */
export const silentAfterMs = 35_000;

/** The outside world: links, the configuration, what was measured. */
export const createObserving = (
  loaded: ParsedConfig,
  paths: Paths,
  { log, state, before, record }: Recording,
  { redact, logger, onTrouble }: Telling,
  { load, now, bootId, onObserved }: ObservingPorts,
) => {
  const samples = emptySamples();
  /** The servers a link has looked at since it connected: what is known of them is the truth. */
  const observed = new Set<string>();
  const tellDoubts = createOwnerDoubts(state, (text) => logger.log('warn', text));
  const settle = createSettling(before, { state, record, now });
  const configuration = createConfiguration(loaded, {
    source: paths.config,
    managedSocket: (server, owner) => managedSocket(paths, server, owner),
    load,
    state,
    record,
    now,
    onApplied: () => {
      observer.orderAnew();
      tellDoubts();
      void units.look();
    },
    onWarning: (text) => logger.log('warn', text),
  });
  const tmuxLog = createTmuxLog(tmuxPorts(state, (server) => observer.linkOf(server)));
  const tmuxOptions = createTmuxOptions();
  const memoryEvents = createMemoryEvents({ pids: () => leaderPids(state()), now });
  const inquiry = createInquiry(createSources([memoryEvents.source, tmuxLog, tmuxOptions.source]));
  const sources = createKnownSources(inquiry);
  const world = (server: string) => ({
    samples,
    now: now(),
    bootId,
    redact,
    commandOf,
    isAlive,
    linkSince: observer.linkSince(server),
  });
  const keepScreen = (text: string) => log.putBlob(text);
  const observer = createObserver({
    state,
    samples,
    world,
    record,
    onTrouble,
    now,
    orders: configuration.orders,
    firstOwner: () => (paths.system ? firstOwner(state()) : null),
    keepScreen,
    onLink: (servers) => {
      for (const server of servers) observed.delete(server);
      tellDoubts();
    },
    onObserved: (server) => {
      observed.add(server);
      settle(server);
      onObserved();
    },
    onListing: (listing) => {
      // A server that can be asked now is a source of evidence.
      if (tmuxOptions.listed(listing) === 'new') void sources.look();
    },
    onSockets: configuration.found,
    credentialsOf: peerCredentials,
    nameOf: nameOfUser,
    mustBeKnown: paths.system,
    mayBeOf,
  });
  const bots = createBots({
    ...{ state, samples, record, redact, now, silentAfterMs },
    tick: () => performance.now(),
  });
  const journal = createJournal(runJournalctl);
  const units = createUnits({
    ...{ state, samples, record, now },
    tick: () => performance.now(),
    seenUntil: before.at,
    past: createPastRuns(journal, now),
    onObserved: () => {
      observed.add(unitsServer);
      settle(unitsServer);
      onObserved();
    },
  });
  const lastLines = createLastLines({ journal, record, keepScreen, redact, now });
  const witness = createWitnessStatus({
    witness: createWitnessClient(paths.witnessSocket),
    onChange: tellWitness(logger),
  });
  return {
    inquiry,
    sources,
    memoryEvents,
    samples,
    observed,
    witness,
    configuration,
    observer,
    bots,
    units,
    lastLines,
    world,
  };
};

export type Observing = ReturnType<typeof createObserving>;
