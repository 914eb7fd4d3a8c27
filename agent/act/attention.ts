import type { Requester } from '../model/events/action.ts';
import { RequestFailure } from '../model/failure.ts';
import { findIncident, findLife, findSilence } from '../model/find.ts';
import { maxSilences, type Silence, type State } from '../model/state.ts';
import type { AgentMethods } from '../protocol/agent.ts';
import type { Hands } from './hands.ts';

type Acknowledged = AgentMethods['alert.acknowledge']['result'];
type Wish = Pick<Silence, 'session' | 'reason'> & { forMs: number };

/** The name that alerts carry, of a session that lives, is declared, or was in an incident. */
const nameOf = (state: State, given: string): string => {
  const life = findLife(state, given);
  if (life) return life.session;
  const isKnown =
    Object.hasOwn(state.declared, given) ||
    Object.values(state.incidents).some(({ sessions }) => sessions.includes(given));
  if (isKnown) return given;
  throw new RequestFailure('unknown-session', `there is no session "${given}"`);
};

const mustHaveRoom = (state: State, session: string | null, now: number): void => {
  const others = Object.values(state.silences ?? {}).filter(
    (silence) => silence.until > now && silence.session !== session,
  );
  if (others.length < maxSilences) return;
  throw new RequestFailure('too-many-silences', `there are ${maxSilences} silences already`);
};

/** What people say about alerts: that they know, and what they want to hear nothing of. */
export const createAttention = ({
  state,
  now,
  record,
}: Pick<Hands, 'state' | 'now' | 'record'>) => ({
  /** A second time changes nothing. @throws RequestFailure `unknown-incident` */
  acknowledge(id: string | undefined, by: Requester): Acknowledged {
    const found = findIncident(state(), id === undefined ? {} : { id });
    const { incident, sessions, acknowledged, trace } = found;
    if (!acknowledged) {
      record([{ at: now(), type: 'alert.acknowledged', data: { incident, by } }], trace);
    }
    return { incident, sessions };
  },

  /** @throws RequestFailure `unknown-session`, `ambiguous-session`, `too-many-silences` */
  silence({ session: given, forMs, reason }: Wish, by: Requester): Silence {
    const at = now();
    const session = given === null ? null : nameOf(state(), given);
    mustHaveRoom(state(), session, at);
    const data = { silence: `s${state().seq + 1}`, session, until: at + forMs, reason, by };
    record([{ at, type: 'alert.silenced', data }]);
    return state().silences?.[data.silence] ?? { ...data, at };
  },

  /** @throws RequestFailure `unknown-silence` */
  unsilence(name: string, by: Requester): Silence {
    const found = findSilence(state(), name, now());
    if (!found) throw new RequestFailure('unknown-silence', `there is no silence "${name}"`);
    const data = { silence: found.silence, by };
    record([{ at: now(), type: 'alert.unsilenced', data }]);
    return found;
  },
});

export type Attention = ReturnType<typeof createAttention>;
