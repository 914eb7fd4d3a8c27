import { createAttention } from '../act/attention.ts';
import { createEndings } from '../act/await-ends.ts';
import { createRecovery } from '../act/carry-out-plan.ts';
import type { Hands } from '../act/hands.ts';
import { createOperator } from '../act/operator.ts';
import { tmuxUnits } from '../act/tmux-units.ts';
import { createVerdicts } from '../act/verdicts.ts';
import { RequestFailure } from '../model/failure.ts';
import type { ConnectedLink } from '../observe/link/links.ts';
import { oomsOf } from '../observe/machine/cgroup/ooms.ts';
import type { Observing } from './observing.ts';
import type { Recording } from './recording.ts';
import type { Telling } from './telling.ts';

/** What is done about what was observed: recovery, verdicts, an operator's wishes. */
export const createActing = (
  { log, state, before, record }: Recording,
  { configuration, observer, observed }: Observing,
  { onTrouble }: Telling,
  { now, bootId, system }: { now(): number; bootId: string; system: boolean },
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
    units: system ? tmuxUnits : null,
    ownerOf: (server) => mustServe(server).owner,
  };
  const cleanStop = before.agent?.stopping ?? false;
  const endings = createEndings((life) => life in state().lives);
  return {
    endings,
    hands,
    attention: createAttention(hands),
    operator: createOperator(hands, endings.until),
    recovery: createRecovery(hands, observed, onTrouble),
    verdicts: createVerdicts({ state, now, bootId, record, cleanStop, oomsOf }),
  };
};

export type Acting = ReturnType<typeof createActing>;
