import type { BotState } from '../../model/bot/bot-state.ts';
import type { NewEvent } from '../../model/event.ts';
import type { BotConnection, BotLogin, BotNeed, BotRef } from '../../model/events/bot.ts';

/** What a bot says of itself, as far as it is a fact; its words redacted. */
export interface Said {
  connection: BotConnection | null;
  why: string;
  needs: BotNeed | null;
  /** Null: it does not say. */
  login: BotLogin | null;
  errors: { count: number; startedAt: number; name: string; message: string } | null;
}

export type Kind = 'connection' | 'login' | 'error';

export interface Telling {
  at: number;
  /** Whether one more event of that kind may be told now; asked only where there is one. */
  may(kind: Kind): boolean;
  /** Changes of the connection since the last event that told of one, this one included. */
  changes: number;
  /** Programs that end right after speak for it. */
  passing: boolean;
}

export const isSameConnection = (
  a: Pick<BotState, 'connection' | 'needs'>,
  b: Pick<Said, 'connection' | 'needs'>,
): boolean => a.connection === b.connection && a.needs === b.needs;

const connectionEvents = (
  ref: BotRef,
  known: BotState | undefined,
  { connection, why, needs }: Said,
  { at, may, changes, passing }: Telling,
): NewEvent[] => {
  const isSame = known && !known.lost && isSameConnection(known, { connection, needs });
  const isKnown = isSame && (known.passing ?? false) === passing;
  if (isKnown || !may('connection')) return [];
  const change = { from: known?.connection ?? null, to: connection, why, needs };
  const leftOut = Math.max(0, changes - 1);
  const data = { ...ref, ...change, leftOut, ...(passing && { passing: true as const }) };
  return [{ at, type: 'bot.connection_changed', data }];
};

const loginEvents = (
  ref: BotRef,
  known: BotLogin | null,
  { login }: Said,
  { at, may }: Telling,
): NewEvent[] => {
  const isSame =
    login?.createdAt === (known?.createdAt ?? null) &&
    login.refreshedAt === (known?.refreshedAt ?? null) &&
    login.expiresAt === (known?.expiresAt ?? null);
  if (!login || isSame || !may('login')) return [];
  return [{ at, type: 'bot.session_changed', data: { ...ref, ...login } }];
};

const errorEvents = (
  ref: BotRef,
  known: BotState['error'],
  { errors }: Said,
  { at, may }: Telling,
): NewEvent[] => {
  if (!errors) return [];
  const before = known?.startedAt === errors.startedAt ? known.count : 0;
  const fresh = errors.count - before;
  if (fresh <= 0 || !may('error')) return [];
  return [{ at, type: 'bot.error', data: { ...ref, ...errors, leftOut: fresh - 1 } }];
};

/** What of it is not in the log yet, and may be told now. What may not is told later, as it is then. */
export const changesOf = (
  ref: BotRef,
  known: BotState | undefined,
  said: Said,
  telling: Telling,
): NewEvent[] => {
  const connection = connectionEvents(ref, known, said, telling);
  // One that is in the log not at all, or as lost, begins with its connection.
  if (connection.length === 0 && (!known || known.lost)) return [];
  return [
    ...connection,
    ...loginEvents(ref, known?.login ?? null, said, telling),
    ...errorEvents(ref, known?.error ?? null, said, telling),
  ];
};
