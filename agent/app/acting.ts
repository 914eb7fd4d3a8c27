import { setTimeout as wait } from 'node:timers/promises';
import { createAttention } from '../act/attention.ts';
import { createEndings } from '../act/await-ends.ts';
import { createRecovery } from '../act/carry-out-plan.ts';
import type { Hands } from '../act/hands.ts';
import { createHealthWatch } from '../act/health-watch.ts';
import { createHearing } from '../act/hear-witness.ts';
import { createLookingFurther } from '../act/look-further.ts';
import { createOperator } from '../act/operator.ts';
import { createProbing } from '../act/probing.ts';
import { createRecalling } from '../act/recurrence.ts';
import { tmuxUnits } from '../act/tmux-units.ts';
import { createVerdicts } from '../act/verdicts.ts';
import { readPattern } from '../api/read-pattern.ts';
import { RequestFailure } from '../model/failure.ts';
import type { Incident } from '../model/state.ts';
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
  { configuration, observer, observed, samples, witness, inquiry }: Observing,
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
    call: (method, params) => mustServe(params.server).call(method, params),
    // Where a service has it, everybody looks for it there.
    environment: paths.system ? {} : { [heartbeatVariable]: paths.heartbeatSocket },
    screenOf: (blob) => log.getBlob(blob),
    units: paths.system ? tmuxUnits : null,
    isServed: (server) => observer.linkOf(server) !== null,
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
  const endings = createEndings((life) => life in state().lives);
  const probe = createProbing({
    ...{ samples, now },
    ask: async (server, wanted) =>
      readProbeAnswer(await hands.call('probe.run', { server, probe: wanted }), redact),
  });
  const config = configuration.current;
  return {
    endings,
    hands,
    healthWatch: createHealthWatch({ state, samples, record, now, config, probe }),
    attention: createAttention(hands),
    operator: createOperator(hands, endings.until),
    recovery: createRecovery(hands, observed, endings.until, onTrouble),
    verdicts: createVerdicts({
      ...{ state, now, bootId, record, cleanStop, oomsOf },
      ...{ ask, lookFurther, recall, countMemory },
    }),
  };
};

export type Acting = ReturnType<typeof createActing>;
