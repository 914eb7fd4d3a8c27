import { setTimeout as wait } from 'node:timers/promises';
import { createAttention } from '../act/attention.ts';
import { createEndings, createOutcomes } from '../act/await-ends.ts';
import { createRecovery } from '../act/carry-out-plan.ts';
import type { Hands } from '../act/hands.ts';
import { createCanaries } from '../act/health/canaries.ts';
import { createHealthWatch } from '../act/health/health-watch.ts';
import { createLanes } from '../act/health/lanes.ts';
import { createProbing, type ProbingPorts } from '../act/health/probing.ts';
import { createScreenMatching } from '../act/health/screen-matching.ts';
import { createOperator } from '../act/operator.ts';
import { createRefreshing } from '../act/refresh/refreshing.ts';
import { createRenewal } from '../act/refresh/renew.ts';
import { self } from '../act/self.ts';
import { createControlUnit } from '../act/unit/declared-units.ts';
import { tmuxUnits } from '../act/unit/tmux-units.ts';
import { createHearing } from '../act/verdict/hear-witness.ts';
import { createLookingFurther } from '../act/verdict/look-further.ts';
import { createRecalling } from '../act/verdict/recurrence.ts';
import { createVerdicts } from '../act/verdict/verdicts.ts';
import { readPattern } from '../api/read-pattern.ts';
import { RequestFailure } from '../model/failure.ts';
import { firstOwner } from '../model/owners.ts';
import type { Incident } from '../model/state.ts';
import { unitsServer } from '../model/unit-state.ts';
import type { ConnectedLink } from '../observe/link/links.ts';
import { readProbeAnswer } from '../observe/link/probe-answer.ts';
import { nameOfUser } from '../observe/machine/accounts.ts';
import { oomsOf } from '../observe/machine/cgroup/ooms.ts';
import { countOomKills } from '../observe/machine/oom-kills.ts';
import type { Paths } from '../paths.ts';
import { heartbeatVariable } from '../protocol/heartbeat.ts';
import type { Observing } from './observing.ts';
import type { Recording } from './recording.ts';
import type { Telling } from './telling.ts';

/** What is done about what was observed: recovery, verdicts, an operator's wishes. */
export const createActing = (
  { log, state, before, record }: Recording,
  { configuration, observer, observed, samples, witness, inquiry, units }: Observing,
  { redact, onTrouble }: Telling,
  { now, bootId, paths }: { now(): number; bootId: string; paths: Paths },
) => {
  const mustServe = (server: string): ConnectedLink => {
    const link = observer.linkOf(server);
    if (link) return link;
    throw new RequestFailure('no-link', `no link is connected for ${server}`, { retryable: true });
  };
  const hands: Hands = {
    state,
    now,
    record,
    config: configuration.current,
    durable: () => log.durable(),
    call: (method, params, limitMs) => mustServe(params.server).call(method, params, limitMs),
    probe: async (server, probe, limitMs) =>
      readProbeAnswer(await hands.call('probe.run', { server, probe }, limitMs), redact),
    // Where a service has it, everybody looks for it there.
    environment: paths.system ? {} : { [heartbeatVariable]: paths.heartbeatSocket },
    screenOf: (blob) => log.getBlob(blob),
    units: paths.system ? tmuxUnits : null,
    controlUnit: createControlUnit({ state, look: units.look }),
    isServed: (server) => server === unitsServer || observer.linkOf(server) !== null,
    ownerOf: (server) => mustServe(server).owner,
  };
  const cleanStop = before.agent?.stopping ?? false;
  const ask = createHearing({ now, testify: witness.testify, nameOf: nameOfUser });
  const socketOf = (server: string) => state().servers[server]?.socket;
  const lookFurther = createLookingFurther({
    ...{ hear: ask, inquire: inquiry.ask, commandsNaming: witness.commands },
    ...{ mayReturn: witness.wasThere, pause: (ms: number) => wait(ms, undefined, { ref: false }) },
    ...{ socketOf, now, nameOf: nameOfUser },
  });
  // The state does not have its verdict yet.
  const read = (incident: Incident) => {
    const incidents = { ...state().incidents, [incident.incident]: incident };
    return readPattern(log, { ...state(), incidents }, incident);
  };
  const recall = createRecalling({ read, onTrouble });
  const countMemory = () => {
    const kills = countOomKills();
    return kills === null ? null : { at: now(), kills };
  };
  const isStopping = (life: string) => samples.units?.get(life)?.stopping === true;
  const endings = createEndings((life) => life in state().lives);
  const outcomes = createOutcomes((action) => action in state().actions);
  const probing: ProbingPorts = {
    ...{ samples, now, lanes: createLanes() },
    ask: hands.probe,
  };
  const probe = createProbing(probing);
  const unasked = (): string | null => {
    if (observer.linkOf(unitsServer)) return null;
    const owner = firstOwner(state());
    return owner === null ? 'no link has connected yet' : `no link of ${owner} is connected`;
  };
  const tick = () => performance.now();
  const canaries = createCanaries({ ...probing, state, tick });
  const config = configuration.current;
  const screens = createScreenMatching(() => performance.now());
  const renew = createRenewal(hands, endings.until, self);
  return {
    endings,
    outcomes,
    hands,
    healthWatch: createHealthWatch({
      ...{ state, samples, record, now, config, probe, screens, canaries, unasked },
    }),
    refreshing: createRefreshing(hands, { samples, screens, renew, onTrouble }),
    attention: createAttention(hands),
    operator: createOperator(hands, endings.until, outcomes.until),
    recovery: createRecovery(hands, observed, endings.until, onTrouble, isStopping),
    verdicts: createVerdicts({
      ...{ state, now, bootId, record, cleanStop, oomsOf },
      ...{ ask, lookFurther, recall, countMemory },
    }),
  };
};

export type Acting = ReturnType<typeof createActing>;
