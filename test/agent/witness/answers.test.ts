import t from 'tap';
import type { Testimony } from '../../../agent/model/witnessed.ts';
import { createAnswers } from '../../../agent/witness/answers.ts';
import { monotonicNow } from '../../../agent/witness/clock.ts';

const told: Omit<Testimony, 'method'> = {
  ...{ since: 1, lost: [], signals: [], ooms: [], clients: [] },
};

const question = { pids: [7], since: 0, until: 9 };

const answering = (ports: Partial<Parameters<typeof createAnswers>[0]> = {}) => {
  const asked: unknown[][] = [];
  const answers = createAnswers({
    memory: {
      testify: (...what) => {
        asked.push(what);
        return told;
      },
      since: () => 1,
      count: () => ({ signals: 2, lost: 3 }),
    },
    commands: () => [],
    ...{ catchUp: async () => undefined, readUntil: monotonicNow, blind: () => null },
    ...{ method: 'probe', realTime: true },
    ...ports,
  });
  return { answers, asked };
};

t.test('it answers when all is read', async (t) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { answers, asked } = answering({ catchUp: () => promise });
  const answer = answers.testify({ ...question, patienceMs: 60_000 });
  await new Promise((done) => setImmediate(done));
  t.same(asked, []);
  const before = Date.now();
  resolve();
  const { readUntil, ...rest } = await answer;
  t.same(rest, { ...told, method: 'probe' });
  t.ok(readUntil >= before - 1, 'to the present');
  t.same(asked, [[[7], 0, 9]]);
});

t.test('it answers before whoever asks has gone, and says how far it has read', async (t) => {
  const behind = monotonicNow() - 5000;
  const { answers } = answering({
    catchUp: () => new Promise(() => undefined),
    readUntil: () => behind,
  });
  const before = Date.now();
  const { readUntil } = await answers.testify({ ...question, patienceMs: 20 });
  t.ok(readUntil < before - 4000);
  t.match(await answers.testify(question), { since: 1 }, 'also who does not say how long he waits');
});

t.test('it says why nothing can be said', async (t) => {
  const { answers, asked } = answering({ blind: () => 'switched off' });
  await t.rejects(answers.testify(question), { code: 'blind', message: 'switched off' });
  t.same(asked, []);
  t.match(answers.health(), { blind: 'switched off', signals: 2, lost: 3, pid: process.pid });
  const failing = answering({ catchUp: () => Promise.reject(new Error('unreadable')) });
  await t.rejects(failing.answers.testify(question), /unreadable/);
});
