import { openIncident, withMachine } from '../../explain/incident.ts';
import type { NewEvent } from '../../model/event.ts';
import type { BenignEnd } from '../../model/events/session.ts';
import type { Life, ServerStatus, State } from '../../model/state.ts';
import type { BriefRow, ExitRecord } from '../../protocol/listing.ts';
import { composeDeath } from './death-record.ts';
import { judgeEnding } from './judge-ending.ts';
import type { World } from './world.ts';

export interface Ends {
  events: NewEvent[];
  /** Redacted screens the records name, to be stored as blobs. */
  screens: string[];
  /** The incident the deaths belong to; null when none of the ends was a death. */
  incident: string | null;
}

export const noEnds: Ends = { events: [], screens: [], incident: null };

const supervisionEnded = (life: Life, reason: 'died' | 'ended', at: number): NewEvent => ({
  at,
  type: 'supervision.ended',
  data: {
    life: life.life,
    session: life.session,
    reason,
    supervisedMs: Math.max(0, at - life.supervisedSince),
  },
});

const endedEvent = (
  life: Life,
  ending: { reason: BenignEnd; intent: string | null },
  at: number,
): NewEvent => ({
  at,
  type: 'session.ended',
  data: {
    life: life.life,
    session: life.session,
    server: life.server,
    reason: ending.reason,
    intent: ending.intent,
    ageMs: Math.max(0, at - life.createdAt),
  },
});

/** Turns lives that are gone from one server into events: ends that were meant, and deaths in one incident. */
export const endLives = (
  state: State,
  server: string,
  gone: readonly Life[],
  seen: { rows: readonly BriefRow[]; exits: readonly ExitRecord[]; serverState: ServerStatus },
  { samples, now, linkSince, hostEnded = false, redact }: World,
): Ends => {
  const endings = gone.map((life) => ({
    life,
    ending: judgeEnding(state, life, seen.rows, seen.exits, now),
  }));
  const dead = endings.filter(({ ending }) => ending.kind === 'died').map(({ life }) => life);
  const { incident, events: opening, joined } = openIncident(state, server, dead, now, hostEnded);
  const events = opening.map((event) => withMachine(event, samples.recent, now));
  const alive =
    Object.keys(state.lives).length - gone.filter(({ life }) => life in state.lives).length;
  const screens: string[] = [];

  for (const { life, ending } of endings) {
    if (ending.kind === 'ended') {
      events.push(endedEvent(life, ending, now), supervisionEnded(life, 'ended', now));
      continue;
    }
    const others = [...joined, ...dead.map((other) => other.session)].filter(
      (session) => session !== life.session,
    );
    const { exit } = ending;
    const unseen = !(life.life in state.lives);
    const known = { incident, found: now, alive, others, exit, unseen };
    const context = { ...seen, ...known, samples, linkSince, redact };
    const death = composeDeath(life, context);
    screens.push(...death.screens);
    events.push({ at: now, type: 'session.died', data: death.record });
    events.push(supervisionEnded(life, 'died', now));
  }
  return { events, screens, incident: dead.length > 0 ? incident : null };
};
