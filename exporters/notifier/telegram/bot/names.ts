import type { SessionStatus } from '../../../../agent/model/status/session-status.ts';
import type { StatusDocument } from '../../../../agent/model/status/status.ts';
import type { UnitLine } from '../../../../agent/model/status/unit-line.ts';
import { unitsServer } from '../../../../agent/model/unit-state.ts';

const unitNames = ({ units = [] }: StatusDocument): string[] => units.map(({ name }) => name);

/** A name that stands for this session alone; one that a unit has is the unit's, as the agent takes it. */
export const nameOf = (status: StatusDocument, { session, server }: SessionStatus): string => {
  const others = status.sessions.filter((other) => other.session === session);
  const isShared = others.length > 1 || unitNames(status).includes(session);
  return isShared ? `${server}:${session}` : session;
};

export const sessionNames = (status: StatusDocument): string[] =>
  status.sessions.map((session) => nameOf(status, session));

/** The declared units of systemd are in no tmux, and have names as sessions do. */
export const allNames = (status: StatusDocument): string[] => [
  ...sessionNames(status),
  ...unitNames(status),
];

/** The unit of that name, or of `systemd.system:NAME`; null: there is none. */
export const unitNamed = ({ units = [] }: StatusDocument, given: string): UnitLine | null =>
  units.find(({ name }) => given === name || given === `${unitsServer}:${name}`) ?? null;

/** Of an incident, or an alert: no unit that has the name of a session of a tmux server is meant. */
export const nameAt = (status: StatusDocument, server: string, session: string): string =>
  server !== unitsServer && unitNames(status).includes(session) ? `${server}:${session}` : session;
