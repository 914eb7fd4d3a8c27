import { monotonicNow } from '../../../../agent/witness/clock.ts';
import { createIntake, type IntakePorts } from '../../../../agent/witness/intake/intake.ts';
import type { Recalled } from '../../../../agent/witness/memory/recollection.ts';
import { createLives } from '../../../../agent/witness/process/lives.ts';
import type { TraceRecord } from '../../../../agent/witness/trace/parse/record.ts';

const silent: IntakePorts = {
  lives: createLives(),
  telling: 'asked',
  readLives: async () => [],
  remember: () => undefined,
  missedClients: () => undefined,
  noticedUntil: monotonicNow,
  onFailure: (cause) => {
    throw cause;
  },
};

/** One that has only these ports, and a kernel that tells nothing by itself. */
export const intakeWith = (ports: Partial<IntakePorts>) =>
  createIntake({ ...silent, lives: createLives(), ...ports });

export const start = (lives: TraceRecord[] = [], telling: 'asked' | 'entered' = 'entered') => {
  const kept: Recalled[] = [];
  const missed: number[] = [];
  const intake = intakeWith({
    telling,
    readLives: async () => lives.splice(0),
    remember: (entry) => kept.push(entry),
    missedClients: (until) => missed.push(until),
  });
  return { intake, kept, missed };
};

export const signalsOf = (kept: Recalled[]) =>
  kept.flatMap((entry) => (entry.kind === 'signal' ? [entry.fact] : []));

/** Beyond what the kernel hands out: /proc shows none of them. */
export const [killer, shell, victim] = [5_000_001, 5_000_002, 5_000_003];
