import type { Instance } from '../../model/events/server.ts';
import type { Birth } from '../../model/events/session.ts';
import { idNumber, lifeId } from '../../model/life.ts';
import { type Life, maxEnded, type ServerState, type State } from '../../model/state.ts';
import type { ExitRecord } from '../../protocol/listing.ts';
import { believedName } from './birth.ts';
import type { World } from './world.ts';

/** tmux counts the time of an end in whole seconds. */
const secondMs = 1000;

/** So late an end may be told where the clock was set back, and no longer says what was before. */
const lateMs = 60_000;

/**
 * Lives that came and went between two listings, known only by the exit their managed server wrote down:
 * a command that fails at once, say.
 */
export const unseenLives = (
  state: State,
  known: ServerState,
  instance: Instance,
  exits: readonly ExitRecord[],
  present: ReadonlySet<string>,
  { bootId, now }: Pick<World, 'bootId' | 'now'>,
): Life[] => {
  const since = known.foundAt ?? known.since;
  const from = (since <= now ? since : now - lateMs) - secondMs;
  const ended = new Set(known.ended);
  // Ids only grow: below the least of a full list is nothing new.
  const least = known.ended.length < maxEnded ? 0 : (known.ended[0] ?? 0);
  const isUnseen = ({ last, tmuxId, at }: ExitRecord): boolean =>
    last &&
    at >= from &&
    !present.has(tmuxId) &&
    idNumber(tmuxId) >= least &&
    !ended.has(idNumber(tmuxId)) &&
    !(lifeId(bootId, instance, tmuxId) in state.lives);
  return exits.filter(isUnseen).map(({ tmuxId, pane, pid, shell, at, ...told }): Life => {
    const declared = believedName(state, known.server, told.declared);
    const birth: Birth = {
      life: lifeId(bootId, instance, tmuxId),
      server: known.server,
      instance,
      session: declared || tmuxId,
      tmuxId,
      tmuxName: '',
      declared: declared !== '',
      createdAt: at,
      panes: [{ id: pane, pid, startTime: 0, shell }],
      group: '',
      command: '',
    };
    return { ...birth, supervisedSince: at };
  });
};
