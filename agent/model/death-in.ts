import type { Event, EventOf, NewEvent } from './event.ts';
import type { DeathRecord } from './events/death.ts';
import type { UnitEvents } from './events/unit.ts';

/** It has no tmux server: no process has this pid. */
const noServer = { pid: 0, startTime: 0 };

type Ended = UnitEvents['unit.ended'];

const panesOf = ({ exit }: Ended, { main }: NonNullable<Ended['death']>): DeathRecord['panes'] =>
  main ? [{ id: 'main', ...main, command: '', exit, historyLines: 0 }] : [];

const ofUnit = (ended: Ended, found: number): DeathRecord | null => {
  const { death, exit, life, session, server, unit, ageMs, lastSeen, result } = ended;
  if (!death) return null;
  const { incident, others, watched, usage, host, exitedAt } = death;
  return {
    ...{ life, session, server, incident, lastSeen, found, ageMs, others, watched, usage, host },
    ...{ instance: noServer, tmuxId: '', tmuxName: unit, declared: true },
    ...{
      supervisedMs: ageMs,
      resyncs: 0,
      screens: [],
      alive: 0,
      serverState: 'alive',
      trimmed: [],
    },
    panes: panesOf(ended, death),
    exit: exit && { ...exit, at: exitedAt ?? found },
    lastCommand: { text: '', source: 'not known' },
    unit: { name: unit, result },
  };
};

/** The record of a death, of a session or of a declared unit; null: the event is about none, or has none. */
export const deathIn = ({ type, data, at }: Event | NewEvent): DeathRecord | null => {
  if (type === 'session.died') return data;
  return type === 'unit.ended' ? ofUnit(data, at) : null;
};

/** The events that `deathIn` reads. */
export const deathTypes = ['session.died', 'unit.ended'] as const;

const withOutput = (
  death: DeathRecord,
  output: EventOf<'unit.output'>['data'] | undefined,
): DeathRecord => {
  const { unit } = death;
  if (!unit || !output) return death;
  const screens = output.output ? [output.output] : [];
  return { ...death, screens, unit: output.why === null ? unit : { ...unit, unread: output.why } };
};

/** The records of all deaths that events tell of, those of units with what they wrote last. */
export const deathsOf = (events: readonly Event[]): DeathRecord[] => {
  const outputs = new Map(
    events.flatMap((event) =>
      event.type === 'unit.output' ? [[event.data.life, event.data]] : [],
    ),
  );
  return events
    .flatMap((event) => deathIn(event) ?? [])
    .map((death) => withOutput(death, outputs.get(death.life)));
};
