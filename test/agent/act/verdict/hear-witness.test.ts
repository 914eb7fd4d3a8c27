import t from 'tap';
import { createHearing } from '../../../../agent/act/verdict/hear-witness.ts';
import { deathOf } from '../../explain/witnessed/case.ts';
import { atSecond, readTrace } from '../../explain/witnessed/read-trace.ts';
import { clientExit, sent } from '../../explain/witnessed/trace-line.ts';

const found = deathOf(500, 100);
const seen = found.lastSeen;

const hearing = (answer: Parameters<typeof createHearing>[0]['testify']) =>
  createHearing({ now: () => atSecond(101), testify: answer, nameOf: (uid) => `user-${uid}` });

t.test(
  'it asks for a minute, and keeps apart what is too early to have ended anything',
  async (t) => {
    const signal = (at: number) => sent({ at, sig: 15, from: 900, to: 500 });
    const trace = [50, 84, 85, 99].map(signal).join('') + clientExit(60, 70) + clientExit(98, 71);
    const questions: unknown[] = [];
    const hear = hearing(async (question) => {
      questions.push(question);
      return { testimony: readTrace(trace) };
    });
    const { testimony, earlier, untold } = await hear({ deaths: [found], serverEnd: null });
    t.strictSame(questions, [{ pids: [9638, 500], since: seen - 60_000, until: atSecond(101) }]);
    const from = seen - 15_000;
    const times = (all: readonly { at: number }[] = []) => all.map(({ at }) => at);
    t.strictSame(times(earlier?.signals), [50, 84].map(atSecond));
    t.strictSame(times(testimony?.signals), [85, 99].map(atSecond));
    t.ok(times(testimony?.signals).every((at) => at >= from));
    t.strictSame(times(earlier?.clients), [60].map(atSecond));
    t.strictSame(times(testimony?.clients), [98].map(atSecond));
    t.equal(untold, undefined);
  },
);

t.test('why nothing was said, and nothing of nobody', async (t) => {
  const hear = hearing(async () => ({ untold: 'no witness' }));
  t.strictSame(await hear({ deaths: [found], serverEnd: null }), { untold: 'no witness' });
  t.strictSame(await hear({ deaths: [], serverEnd: null }), {});
});
