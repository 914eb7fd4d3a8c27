import { findAlertName } from '../model/alert-name.ts';
import type { Requester } from '../model/events/action.ts';
import { RequestFailure } from '../model/failure.ts';
import { findIncident, findSilence } from '../model/find.ts';
import { isInForce } from '../model/in-force.ts';
import { isAboutSame } from '../model/reduce/alert.ts';
import { maxSilences, maxSilencesOfOne, type Silence } from '../model/silence.ts';
import type { State } from '../model/state.ts';
import type { AgentMethods } from '../protocol/agent.ts';
import type { Hands } from './hands.ts';

type Acknowledged = AgentMethods['alert.acknowledge']['result'];
type Wish = Pick<Silence, 'session' | 'reason'> & { forMs: number };
type Named = Pick<Silence, 'session'> & { server: string | null };

/** Whether a user may act on everything: operators, and the notifier for people from afar. */
type MayAll = (uid: number) => boolean;

/** What alerts carry of a session that lives, is declared, or was in an incident. */
const namedBy = (state: State, given: string | null, mayAll: boolean): Named => {
  if (given === null) return { session: null, server: null };
  const named = findAlertName(state, given, mayAll);
  if (named) return named;
  throw new RequestFailure('unknown-session', `there is no session "${given}"`);
};

/** Those that stay in force beside one about `named`, oldest first. */
const beside = (state: State, named: Named, now: number): Silence[] =>
  Object.values(state.silences ?? {}).filter(
    (silence) => isInForce(silence, now) && !isAboutSame(silence, named),
  );

const tooMany = (which: string): RequestFailure =>
  new RequestFailure(
    'too-many-silences',
    `${which} silences already: end one with holdfast unsilence`,
  );

/** Owners have bounds of their own, so that they do not keep each other from being heard. */
const mustHaveRoom = (others: readonly Silence[], uid: number): void => {
  const own = others.filter(({ by }) => by.uid === uid);
  if (own.length >= maxSilencesOfOne) throw tooMany(`you have ${maxSilencesOfOne}`);
  if (others.length >= maxSilences) throw tooMany(`there are ${maxSilences}`);
};

/** What makes room for somebody who may act on everything; null: there is room. */
const leaving = (others: readonly Silence[], mayAll: MayAll): Silence | null => {
  if (others.length < maxSilences) return null;
  return others.find(({ by }) => !mayAll(by.uid)) ?? others[0] ?? null;
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

  /**
   * Who may act on everything is never refused for want of room: the oldest silence of somebody else goes.
   * @throws RequestFailure `unknown-session`, `ambiguous-session`, `too-many-silences`
   */
  silence({ session: given, forMs, reason }: Wish, by: Requester, mayAll: MayAll): Silence {
    const at = now();
    const isFree = mayAll(by.uid);
    const named = namedBy(state(), given, isFree);
    const others = beside(state(), named, at);
    if (!isFree) mustHaveRoom(others, by.uid);
    const gone = isFree ? leaving(others, mayAll) : null;
    if (gone) record([{ at, type: 'alert.unsilenced', data: { silence: gone.silence, by } }]);
    const data = { silence: `s${state().seq + 1}`, ...named, until: at + forMs, reason, by };
    record([{ at, type: 'alert.silenced', data }]);
    return state().silences?.[data.silence] ?? { ...data, at };
  },

  /** @throws RequestFailure `unknown-silence` */
  unsilence(name: string, by: Requester): Silence {
    const found = findSilence(state(), name, now());
    if (!found)
      throw new RequestFailure(
        'unknown-silence',
        `there is no silence "${name}": holdfast silence lists them`,
      );
    const data = { silence: found.silence, by };
    record([{ at: now(), type: 'alert.unsilenced', data }]);
    return found;
  },
});
