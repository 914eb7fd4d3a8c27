import type { Part } from '../part.ts';
import type { Row } from '../row.ts';
import { benchStore } from '../store.ts';

export const store: Part = {
  name: 'store',
  about: 'the log: events stored and replayed, the state at a time out of a million events',
  measure: async ({ progress }) => {
    progress('a million events');
    const numbers = await benchStore();
    const row = (what: string, measured: number, unit: Row['unit']): Row => ({
      ...{ what, budget: null, measured, unit },
    });
    const of = `of ${numbers.events.toLocaleString('en-GB')} events`;
    return [
      row('events stored', numbers.storedPerSecond, '/s'),
      row('events replayed', numbers.replayedPerSecond, '/s'),
      row(`state at a time, out ${of}, median`, numbers.stateAtMs.median, 'ms'),
      row(`state at a time, out ${of}, worst`, numbers.stateAtMs.worst, 'ms'),
      row(`opening a log ${of}`, numbers.openMs, 'ms'),
      row('on disk, for each event', numbers.bytesPerEvent, 'bytes'),
    ];
  },
};
