import type { NewEvent } from '../../model/event.ts';
import type { Instance } from '../../model/events/server.ts';
import type { Birth, Pane } from '../../model/events/session.ts';
import { lifeId } from '../../model/life.ts';
import type { State } from '../../model/state.ts';
import type { PaneRow, SessionRow } from '../../protocol/listing.ts';
import { paneCommand } from '../pane-command.ts';
import type { World } from './world.ts';

/** More panes than this are counted, not listed, to keep an event within its size. */
export const maxPanes = 16;

const maxCommand = 200;

export const paneOf = ({ id, pid, startTime, shell }: PaneRow): Pane => ({
  id,
  pid,
  startTime,
  shell,
});

/** What a session's own option calls it. Anyone can set his: a name that is declared on another server is not his. */
export const believedName = (state: State, server: string, told: string): string => {
  const known = Object.hasOwn(state.declared, told) ? state.declared[told] : undefined;
  return known && known.server !== server ? '' : told;
};

/** The declared name from the session's own option; else, should the option be lost, by tmux's name. */
const declaredName = (state: State, server: string, row: SessionRow): string =>
  believedName(state, server, row.declared) ||
  (Object.values(state.declared).find(
    (declared) => declared.server === server && declared.tmuxName === row.name,
  )?.session ??
    '');

/** The first sight of a session: a new life. */
export const birthOf = (
  state: State,
  server: string,
  instance: Instance,
  row: SessionRow,
  panes: readonly PaneRow[],
  { bootId, commandOf, redact }: World,
): Birth => {
  const first = panes[0];
  const declared = declaredName(state, server, row);
  return {
    life: lifeId(bootId, instance, row.tmuxId),
    server,
    instance,
    session: declared || row.name,
    tmuxId: row.tmuxId,
    tmuxName: row.name,
    declared: declared !== '',
    createdAt: row.createdAt,
    panes: panes.slice(0, maxPanes).map(paneOf),
    group: row.group,
    command: first ? redact(paneCommand(first.pid, instance, commandOf)).slice(0, maxCommand) : '',
  };
};

/** `existing`: it was there before we looked at its server. */
export const birthEvents = (
  birth: Birth,
  found: 'created' | 'existing',
  at: number,
): NewEvent[] => {
  const started: NewEvent = { at, type: 'supervision.started', data: { ...birth, found } };
  return found === 'created' ? [{ at, type: 'session.created', data: birth }, started] : [started];
};
