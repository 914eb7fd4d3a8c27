import type { NewEvent } from '../../../agent/model/event.ts';
import type { UnitDeath, UnitEvents, UnitRef } from '../../../agent/model/events/unit.ts';
import { emptyState, type State } from '../../../agent/model/state.ts';
import { unitLife, unitsServer } from '../../../agent/model/unit-state.ts';
import { after } from './sample.ts';

/** A unit `gateway` that is declared, and what may be said of it. */

export const at = 1_795_176_000_000;
export const unit = 'telegram-gateway.service';
export const ref: UnitRef = { session: 'gateway', server: unitsServer, unit };
export const life = unitLife('0123456789abcdef0123456789abcdef');
export const nextLife = unitLife('f'.repeat(32));

export const declared: NewEvent = { at, type: 'unit.declared', data: ref };

export const up = (key = life, changes: Partial<UnitEvents['unit.up']> = {}): NewEvent => ({
  ...{ at: at + 1000, type: 'unit.up' },
  data: { ...ref, life: key, pid: 812, startedAt: at + 900, ...changes },
});

export const ended = (changes: Partial<UnitEvents['unit.ended']> = {}): NewEvent => ({
  at: at + 61_000,
  type: 'unit.ended',
  data: {
    ...{ ...ref, life, how: 'died', result: 'signal', exit: { status: null, signal: 9 } },
    ...{ why: 'its program was ended by SIGKILL', next: 'restarting', action: null },
    ...{ ageMs: 60_000, lastSeen: at + 60_500, ...changes },
  },
});

/** What is known of a death; `ended({ death })` has a record. */
export const death: UnitDeath = {
  ...{ incident: '7', others: [], watched: 'live', usage: null, host: null },
  ...{ main: { pid: 812, startTime: 7 }, exitedAt: null },
};

/** What it wrote last. */
export const wrote = (tail: string, blob = 'd'.repeat(64)): UnitEvents['unit.output'] => ({
  ...{ ...ref, life, why: null },
  output: {
    ...{ pane: 'main', blob, tail, takenAt: at + 58_000 },
    ...{ lines: tail.split('\n').length, bytes: Buffer.byteLength(tail) },
  },
});

export const failed: NewEvent = {
  at: at + 62_000,
  type: 'unit.failed',
  data: { ...ref, result: 'signal', why: 'its program was ended by SIGKILL' },
};

export const isDown = (status: 'stopped' | 'missing'): NewEvent => ({
  at: at + 63_000,
  type: 'unit.down',
  data: { ...ref, status, why: 'it does not run' },
});

/** What its health was found to be. */
export const health = (
  to: 'healthy' | 'failed' | 'unwatched',
  key = life,
  from: 'starting' | 'healthy' | null = 'starting',
): NewEvent => ({
  at: at + 30_000,
  type: 'health.changed',
  data: {
    ...{ session: 'gateway', server: unitsServer, life: key, from, to },
    ...{ check: to === 'healthy' ? null : 'heartbeat', reason: 'as it is' },
  },
});

/** A bot of it that is ready. */
export const bot: NewEvent = {
  at: at + 2000,
  type: 'bot.connection_changed',
  data: {
    ...{ session: 'gateway', server: unitsServer, life, bot: '', from: null, to: 'ready' },
    ...{ why: '', needs: null, leftOut: 0 },
  },
};

export const withUnit: State = after(emptyState(), declared);
export const unitUp: State = after(withUnit, up());
