import type { WitnessStatus } from '../../model/status/evidence-status.ts';
import type { WitnessHealth } from '../../protocol/witness.ts';
import type { WitnessClient } from './witness-client.ts';

interface Ports {
  witness: WitnessClient;
  /** It fares otherwise than before. */
  onChange(status: WitnessStatus, before: WitnessStatus | null): void;
}

/** One that sees is asked at every sixth turn. One that does not may just be starting. */
const turnsPerLook = 6;

const seen = ({ blind, method, realTime, since, lost }: WitnessHealth): WitnessStatus => ({
  state: blind === null ? 'sees' : 'blind',
  why: blind,
  method,
  realTime,
  since,
  lost,
});

/** What it had lost stays known: a counter that fell to 0 would seem to begin anew. */
const unseen = (why: string, before: WitnessStatus | null): WitnessStatus => ({
  ...{ state: 'absent', why, method: null, realTime: null, since: null },
  lost: before?.lost ?? 0,
});

/** How the witness fares, as it last said. */
export const createWitnessStatus = ({ witness, onChange }: Ports) => {
  let current: WitnessStatus | null = null;
  let looking: Promise<void> | null = null;
  let turns = 0;
  let wasThere = false;
  let isFirst = true;

  const ask = async (): Promise<void> => {
    const told = await witness.health();
    const before = current;
    // What starts together is not up together: that there is none is believed when it is found a second time.
    const mayBeStarting = isFirst && 'untold' in told;
    isFirst = false;
    if (mayBeStarting) return;
    current = 'health' in told ? seen(told.health) : unseen(told.untold, before);
    wasThere ||= current.state === 'sees';
    if (JSON.stringify(current) !== JSON.stringify(before)) onChange(current, before);
  };

  /** Whoever asks while it is asked waits for the same answer. */
  const look = (): Promise<void> => {
    looking ??= ask().finally(() => {
      looking = null;
    });
    return looking;
  };

  const testify: WitnessClient['testify'] = async (...question) => {
    const told = await witness.testify(...question);
    // Not waited for: a verdict is due.
    if ('untold' in told) void look();
    return told;
  };

  return {
    /** Null until it has answered, or was not there twice. */
    current: () => current,
    /** It saw once since this was created. */
    wasThere: () => wasThere,
    /** Never rejects. */
    look,
    async turn(): Promise<void> {
      turns += 1;
      if (current?.state !== 'sees' || turns % turnsPerLook === 0) await look();
    },
    /** As the witness; where it does not tell, it is asked how it fares. */
    testify,
    commands: witness.commands,
  };
};
