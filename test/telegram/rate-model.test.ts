import t from 'tap';
import { createRateModel } from './rate-model.ts';

const start = () => {
  let now = 1_790_000_000_000;
  const model = createRateModel(() => now);
  const pass = (seconds: number): void => {
    now += seconds * 1000;
  };
  const charge = (chatId: number, times: number): number[] =>
    Array.from({ length: times }, () => model.charge(chatId));
  return { model, pass, charge };
};

t.test('switched off, it counts nothing', async (t) => {
  const { charge } = start();
  t.same(new Set(charge(1, 100)), new Set([0]));
});

t.test('a private chat: one a second, with a small burst', async (t) => {
  const { model, pass, charge } = start();
  model.switchOn();
  t.same(charge(1, 4), [0, 0, 0, 3]);
  t.equal(model.refused(), 1);
  pass(2.5);
  t.same(charge(1, 1), [1], 'whole seconds, rounded up');
  pass(0.5);
  t.same(charge(1, 4), [0, 0, 0, 3], 'what was refused counts for nothing');
  t.same(charge(2, 1), [0], 'another chat has its own');
});

t.test('a group: twenty a minute', async (t) => {
  const { model, pass, charge } = start();
  model.switchOn();
  t.same(charge(-1, 21), [...Array(20).fill(0), 60]);
  pass(59);
  t.same(charge(-1, 1), [1]);
  pass(1);
  t.same(charge(-1, 1), [0]);
});

t.test('thirty a second in all', async (t) => {
  const { model, charge } = start();
  model.switchOn();
  const answers = Array.from({ length: 31 }, (_, chat) => model.charge(chat + 1));
  t.same(answers, [...Array(30).fill(0), 1]);
  model.switchOff();
  t.same(charge(1, 10), Array(10).fill(0));
});
