import fc from 'fast-check';
import t from 'tap';
import { resumeAt } from '../../../agent/api/resume.ts';
import type { Run } from '../../../agent/model/state.ts';

/** A log whose runs end in power cuts: each takes the last events along, and their numbers are given again. */
class Log {
  #entries: { id: number; run: Run | null }[] = [];
  #made = 0;
  #startedAt = 1000;

  #add(run: Run | null): void {
    this.#made += 1;
    this.#entries.push({ id: this.#made, run });
  }

  begin(): void {
    this.#startedAt += 1;
    this.#add({ startedAt: this.#startedAt, after: this.#entries.length });
  }

  append(count: number): void {
    for (let i = 0; i < count; i += 1) this.#add(null);
  }

  cut(count: number): void {
    this.#entries.splice(Math.max(0, this.#entries.length - count));
  }

  get head(): number {
    return this.#entries.length;
  }

  get run(): number {
    return this.#startedAt;
  }

  runs(): Run[] {
    return this.#entries.flatMap(({ run }) => run ?? []);
  }

  after(seq: number): number[] {
    return this.#entries.slice(seq).map(({ id }) => id);
  }
}

/** Told of all there is, up to `missed` events before the end. */
const listen = (log: Log, from: number, missed: number, heard: number[]): number => {
  const given = log.after(from);
  const told = given.slice(0, Math.max(0, given.length - missed));
  heard.push(...told);
  return from + told.length;
};

const step = fc.record({
  happens: fc.nat(8),
  missed: fc.nat(4),
  cut: fc.nat(10),
  /** The subscriber sleeps through the run. */
  away: fc.boolean(),
});

t.test(
  'through any power cuts a subscriber hears of each event that stayed, and of none twice',
  async (t) => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const log = new Log();
        const heard: number[] = [];
        let cursor: { after: number; run?: number } = { after: 0 };
        for (const { happens, missed, cut, away } of steps) {
          log.begin();
          log.append(happens);
          if (!away) {
            const from = resumeAt(cursor, log.runs(), log.head);
            cursor = { after: listen(log, from, missed, heard), run: log.run };
          }
          log.cut(cut);
        }
        log.begin();
        listen(log, resumeAt(cursor, log.runs(), log.head), 0, heard);
        const stayed = log.after(0).filter((id) => !heard.includes(id));
        t.strictSame(stayed, [], 'none is missed');
        t.equal(new Set(heard).size, heard.length, 'none is told twice');
      }),
      { numRuns: 300 },
    );
  },
);

t.test('in the same run nothing is numbered anew, stored or not', async (t) => {
  const runs = [{ startedAt: 10, after: 3 }];
  t.equal(resumeAt({ after: 40, run: 10 }, runs, 30), 40);
});

t.test('who names no run is known by the number alone', async (t) => {
  t.equal(resumeAt({ after: 40 }, [{ startedAt: 10, after: 3 }], 30), 30);
  t.equal(resumeAt({ after: 20 }, [{ startedAt: 10, after: 3 }], 30), 20);
});

t.test('a log that began anew is told from its beginning', async (t) => {
  t.equal(resumeAt({ after: 5000, run: 10 }, [{ startedAt: 20, after: 0 }], 30), 0);
  t.equal(resumeAt({ after: 5000, run: 10 }, [], 30), 30, 'a log of an older release');
});

t.test(
  'with a clock that was set back it goes on no later than the present run began',
  async (t) => {
    const runs = [{ startedAt: 5, after: 40 }];
    t.equal(resumeAt({ after: 50, run: 10 }, runs, 60), 40);
  },
);
