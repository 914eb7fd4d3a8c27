import { whyUnitEnded } from '../../explain/unit-end.ts';
import type { NewEvent } from '../../model/event.ts';
import type { State } from '../../model/state.ts';

/** In place of systemd's `Result=`. */
const result = 'reboot';

/**
 * After a reboot every run of the last boot is over, and its unit did not die: the machine went. What systemd counts now is
 * of this boot.
 */
export const unitRebootEnds = (
  { agent, units = {}, at: lastSeen }: Pick<State, 'agent' | 'units' | 'at'>,
  bootId: string,
  at: number,
): NewEvent[] => {
  if (!agent || agent.bootId === bootId) return [];
  return Object.values(units).flatMap(({ session, server, unit, life, since, startedAt }) =>
    life === null
      ? []
      : [
          {
            ...{ at, type: 'unit.ended' },
            data: {
              ...{ session, server, unit, life, lastSeen, result },
              ...{ how: 'stopped', exit: null, why: whyUnitEnded(result, null), next: 'stopped' },
              ...{ action: null, ageMs: Math.max(0, lastSeen - (startedAt ?? since)) },
            },
          } as const,
        ],
  );
};
