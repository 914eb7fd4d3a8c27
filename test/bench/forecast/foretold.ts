import { createForetelling } from '../../../agent/act/foretelling.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import { fold } from '../../../agent/model/fold.ts';
import { emptySamples } from '../../../agent/model/samples.ts';
import { emptyState, type Life, type State } from '../../../agent/model/state.ts';

/** Memory of one session, bytes. */
export interface Trace {
  everySeconds: number;
  values: readonly number[];
}

/** A time in which a warning stood, seconds since the trace began. */
export interface Warned {
  from: number;
  /** Null: to the end. */
  to: number | null;
}

const life = 'boot/1-1/$1';
const start = 1_700_000_000_000;
const plenty = 2 ** 50;

/** What the agent, as it is, says of a session that begins with the trace. */
export const warningsIn = ({ everySeconds, values }: Trace, limit: number): Warned[] => {
  const samples = emptySamples();
  samples.host = { memoryAvailableBytes: plenty } as never;
  const lives = { [life]: { life, session: 's', server: 'main', createdAt: start } as Life };
  let state: State = { ...emptyState(), lives };
  let now = start;
  const warned: Warned[] = [];
  const record = (events: readonly NewEvent[]): void => {
    for (const event of events) {
      state = fold(state, [{ ...event, seq: state.seq + 1, v: 1, trace: '' }]);
      const seconds = (now - start) / 1000;
      const last = warned.at(-1);
      if (event.type === 'forecast.cleared' && last) last.to = seconds;
      else if (!last || last.to !== null) warned.push({ from: seconds, to: null });
    }
  };
  const look = createForetelling({ state: () => state, samples, record, now: () => now });
  const cgroup = {
    ...{ memoryBytes: 0, memoryMaxBytes: limit, tasks: 1, oomKills: 0, ownOoms: 0, unitOoms: 0 },
  };
  const kept = {
    ...{ resyncs: 1, lastSeen: 0, lastActivityAt: 0, foreground: null, recent: [] },
    panes: new Map(),
  };
  for (const [i, anonBytes] of values.entries()) {
    now = start + i * everySeconds * 1000;
    const usage = { at: now, rssBytes: 0, cpu: 0, processes: 1, cgroup: { ...cgroup, anonBytes } };
    samples.lives.set(life, { ...kept, usage });
    look();
  }
  return warned;
};
