import type { SessionRefresh } from '../../model/config/refresh.ts';
import type { EventOf } from '../../model/event.ts';
import type { Requester, Target } from '../../model/events/action.ts';
import { unitsServer } from '../../model/unit-state.ts';
import { endSession } from '../end-session.ts';
import { execute, lifeTarget } from '../executor.ts';
import type { Hands } from '../hands.ts';

type Started = EventOf<'refresh.started'>['data'];

/**
 * Does what a refresh takes: ends the session, for recovery to start it anew, or has its link run a command or send a signal.
 * A unit is restarted by systemd; who asked for it is in the refresh, and does not let it undo what a person does meanwhile.
 * Whether the login is a newer one then is judged by what the bot says.
 */
export const createRenewal =
  (
    hands: Hands,
    untilEnded: (life: string, limitMs: number) => Promise<boolean>,
    self: () => Requester,
  ) =>
  async (started: Started, how: SessionRefresh['how']): Promise<unknown> => {
    const { life: id, by, until, session, server } = started;
    if (server === unitsServer) {
      const target: Target = { server, session, life: id };
      return execute(hands, { kind: 'unit.restart', target, reason: 'refresh' });
    }
    const life = hands.state().lives[id];
    if (!life) return;
    if (how.way === 'restart') {
      return endSession(hands, untilEnded, life, { by: by ?? self(), reason: 'refresh' });
    }
    const about = { target: lifeTarget(life), reason: 'refresh', ...(by && { by }) };
    if (how.way === 'signal') {
      return execute(hands, { ...about, kind: 'signal.send', signal: how.signal });
    }
    const timeoutMs = Math.max(1000, until - hands.now());
    const run = { run: how.command, cwd: how.cwd, timeoutMs };
    return execute(hands, { ...about, kind: 'command.run', run });
  };
