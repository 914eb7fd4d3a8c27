import t from 'tap';
import type { Event, NewEvent } from '../../../../agent/model/event.ts';
import type { UnitEvents } from '../../../../agent/model/events/unit.ts';
import {
  createJournal,
  type Printed,
  type RunJournalctl,
} from '../../../../agent/observe/sources/journal.ts';
import { createLastLines } from '../../../../agent/observe/units/last-lines.ts';
import { blobName } from '../../../../agent/store/blob-text.ts';
import { at, death, ended, life, ref } from '../../model/unit-sample.ts';

const trace = 'c'.repeat(32);
const dies = (changes: Partial<UnitEvents['unit.ended']> = {}): Event =>
  ({ seq: 1, v: 1, trace, ...ended({ death, ...changes }) }) as Event;

const line = (MESSAGE: unknown, afterMs = 0): string =>
  JSON.stringify({ __REALTIME_TIMESTAMP: String((at + afterMs) * 1000), MESSAGE });

/** Tells what a `journalctl` prints, without the pause before. */
const telling = (run: RunJournalctl, options: { limitMs?: number } = {}) => {
  const told: NewEvent[] = [];
  const kept: string[] = [];
  const waiting: (() => void)[] = [];
  const lastLines = createLastLines({
    journal: createJournal(run),
    record: (events) => {
      told.push(...events);
      waiting.shift()?.();
    },
    keepScreen: (text) => kept.push(text),
    redact: (text) => text.replaceAll('hunter2', '[redacted]'),
    ...{ now: () => at + 70_000, pause: async () => undefined },
    ...options,
  });
  /** Resolves when one more is told. */
  const next = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
  return { lastLines, told, kept, next };
};

const saying =
  (...lines: string[]): RunJournalctl =>
  async () => ({ text: lines.join('\n'), whole: true });

t.test('what it wrote last is kept as a screen is, and told with the incident', async (t) => {
  const asked: string[][] = [];
  const { lastLines, told, kept, next } = telling(async (args) => {
    asked.push([...args]);
    return { text: `${line('password hunter2')}\n{"torn\n${line('bye', 900)}`, whole: true };
  });
  const one = next();
  lastLines.take([dies()]);
  await one;
  const text = 'password [redacted]\nbye';
  t.strictSame(kept, [text]);
  t.strictSame(told, [
    {
      ...{ at: at + 70_000, type: 'unit.output', trace },
      data: {
        ...{ ...ref, life, why: null },
        output: {
          ...{ pane: 'main', blob: blobName(text), lines: 2, bytes: text.length },
          ...{ takenAt: at + 900, tail: text },
        },
      },
    },
  ]);
  const [args = []] = asked;
  t.ok(args.includes('--lines=20'));
  t.notOk(
    args.some((arg) => /^--(since|until)/.test(arg)),
    'a clock that was set hides nothing',
  );
  t.strictSame(args.slice(-2), [
    `_SYSTEMD_INVOCATION_ID=${'0123456789abcdef'.repeat(2)}`,
    '_TRANSPORT=stdout',
  ]);
});

t.test('why there are none is said', async (t) => {
  const whyOf = async (run: RunJournalctl): Promise<unknown> => {
    const { lastLines, told, kept, next } = telling(run);
    const one = next();
    lastLines.take([dies()]);
    await one;
    t.strictSame(kept, []);
    const [event] = told;
    return event?.type === 'unit.output' && event.data.output === null && event.data.why;
  };
  t.equal(await whyOf(saying()), 'the journal has none of this run');
  t.equal(await whyOf(saying(line('\x1b[2J'))), 'the journal has none of this run');
  const failing = (message: string) => () => Promise.reject(new Error(message));
  t.equal(
    await whyOf(failing('spawn journalctl ENOENT')),
    'they could not be read: journalctl: spawn journalctl ENOENT',
  );
  t.equal(
    await whyOf(failing('Permission\x1b[2J denied\n')),
    'they could not be read: journalctl: Permission denied',
  );
  t.equal(await whyOf(failing('')), 'they could not be read: journalctl:');
});

t.test('a journal that is behind, or too slow, is read again', async (t) => {
  const answers = [
    () => Promise.reject(new Error('it took too long')),
    saying(),
    saying(line('bye')),
  ];
  const { lastLines, told, kept, next } = telling((...args) => answers.shift()?.(...args) as never);
  const one = next();
  lastLines.take([dies()]);
  await one;
  t.strictSame(kept, ['bye']);
  t.match(told, [{ data: { why: null, output: { tail: 'bye' } } }], 'told once');
  t.strictSame(answers, []);
});

t.test('what hangs is given up, and not piled up', async (t) => {
  const hung = Promise.withResolvers<Printed>();
  let runs = 0;
  const run = () => {
    runs += 1;
    return hung.promise;
  };
  // It runs out by being reached: what answers here answers before any timer.
  const { lastLines, told, next } = telling(run, { limitMs: 50 });
  const whyNext = async (): Promise<unknown> => {
    const one = next();
    lastLines.take([dies()]);
    await one;
    const event = told.at(-1);
    return event?.type === 'unit.output' && event.data.why;
  };
  const why = 'they could not be read: it took longer than 50 ms';
  t.equal(await whyNext(), why);
  t.equal(await whyNext(), why);
  t.equal(runs, 1, 'one that cannot be ended is waited for');
  hung.resolve({ text: line('late'), whole: true });
  t.equal(await whyNext(), null);
  t.equal(runs, 2);
});

t.test('only deaths that are explained are looked at, one after the other', async (t) => {
  const running: ((printed: Printed) => void)[] = [];
  const { lastLines, told, next } = telling(
    () => new Promise((resolve) => void running.push(resolve)),
  );
  const { death: _, ...unexplained } = ended({ death }).data as UnitEvents['unit.ended'];
  lastLines.take([
    { seq: 1, v: 1, trace, ...ended(), data: unexplained } as Event,
    dies(),
    dies({ session: 'other' }),
  ]);
  for (const session of ['gateway', 'other']) {
    while (running.length === 0) await new Promise((resolve) => setImmediate(resolve));
    t.equal(running.length, 1);
    const one = next();
    running.shift()?.({ text: line('x'), whole: true });
    await one;
    t.match(told.at(-1), { data: { session } });
  }
  t.equal(told.length, 2);
});

t.test('after the end nothing is told, and what is being read is given up', async (t) => {
  const signals: AbortSignal[] = [];
  const { lastLines, told } = telling((_, signal) => {
    signals.push(signal);
    return new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason)),
    );
  });
  lastLines.take([dies(), dies({ session: 'other' })]);
  while (signals.length === 0) await new Promise((resolve) => setImmediate(resolve));
  lastLines.close();
  t.ok(signals[0]?.aborted);
  for (let i = 0; i < 10; i += 1) await new Promise((resolve) => setImmediate(resolve));
  t.equal(signals.length, 1, 'the next is not begun');
  t.strictSame(told, []);
});
