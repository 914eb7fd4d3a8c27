import fc from 'fast-check';
import t from 'tap';
import { createCanaries } from '../../../../agent/act/health/canaries.ts';
import { createLanes } from '../../../../agent/act/health/lanes.ts';
import { botKey } from '../../../../agent/model/bot/bots.ts';
import type { CanaryCheck } from '../../../../agent/model/config/health.ts';
import type { CheckStatus, Finding } from '../../../../agent/model/health.ts';
import { emptySamples } from '../../../../agent/model/samples.ts';
import type { Probe } from '../../../../agent/protocol/link.ts';
import { changed } from '../../model/bot/sample-bots.ts';
import { after, bot, declared, running } from '../../model/sample.ts';

const usual: CanaryCheck = {
  ...{ run: './send.sh', cwd: '/srv/bot', everyMs: 900_000, timeoutMs: 60_000 },
  ...{ expect: 'received', hours: null, bot: null },
};
const sent: Finding = { status: 'ok', reason: 'exit status 0' };

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const sending = (check: CanaryCheck = usual) => {
  const samples = emptySamples();
  let state = after(running, declared('bot'), changed('ready'));
  const life = state.lives[bot.life];
  if (!life) throw new Error('it lives');
  let time = 1_000_000;
  const asked: { probe: Probe; answer: PromiseWithResolvers<Finding> }[] = [];
  const lanes = createLanes();
  const canaries = createCanaries({
    ...{ state: () => state, samples, now: () => time, tick: () => time, lanes },
    ask: (_, probe) => {
      const answer = Promise.withResolvers<Finding>();
      asked.push({ probe, answer });
      return answer.promise;
    },
  });
  samples.lives.set(bot.life, {
    ...{ resyncs: 1, lastSeen: 0, lastActivityAt: null, foreground: null, usage: null },
    ...{ recent: [], panes: new Map() },
  });
  const sample = () => samples.lives.get(bot.life);
  return {
    ...{ asked, canaries, sample, lanes, life },
    answer: () => sample()?.probes?.canary,
    hears(received: number, went = 0): void {
      samples.bots.set(botKey(bot.life, ''), {
        ...{ heardAt: time, pid: 1, startedAt: 1, connection: 'ready', why: '', login: null },
        ...{ in: { count: received, lastAt: null }, out: { count: went, lastAt: null } },
        ...{ reconnects: null, errors: null, counters: {}, timings: {} },
      });
    },
    /** Looks after so many seconds. */
    later(seconds: number, now: CanaryCheck | undefined = check, clockSetAt = 0): void {
      time += seconds * 1000;
      canaries.look(life, now, clockSetAt);
    },
    without: () => canaries.look(life, undefined, 0),
    /** The link says what came of the newest command. */
    async became(finding: Finding | Error): Promise<void> {
      const { answer } = asked.at(-1) ?? {};
      if (finding instanceof Error) answer?.reject(finding);
      else answer?.resolve(finding);
      await turn();
    },
    is(level: CheckStatus): void {
      const one = { check: 'canary' as const, level, reason: '', recent: [], last: null };
      const known = sample();
      if (known) known.health = { lookedAt: time, checks: [one] };
    },
    dies(): void {
      state = { ...state, lives: {} };
    },
    goes: () => samples.lives.clear(),
  };
};

t.test('sent, received, and sent again when it is time', async (t) => {
  const { later, hears, asked, became, answer, is } = sending();
  hears(5);
  later(0);
  later(31);
  t.same(asked, [], 'whatever an agent of before began has ended by then');
  later(1);
  t.match(asked, [
    { probe: { kind: 'command', run: './send.sh', cwd: '/srv/bot', timeoutMs: 30_000 } },
  ]);
  later(1);
  await became(sent);
  later(1);
  t.equal(answer(), undefined);
  hears(6);
  later(1);
  t.match(answer(), { status: 'ok', reason: 'a message was received after 3s' });
  is('ok');
  later(895);
  t.equal(asked.length, 1);
  later(2);
  t.equal(asked.length, 2);
});

t.test('never twice at once, however long it takes', async (t) => {
  const check = { ...usual, everyMs: 1000 };
  const { later, hears, asked, became, without } = sending(check);
  hears(5);
  later(0);
  for (let i = 0; i < 100; i += 1) later(60);
  t.equal(asked.length, 1);
  without();
  for (let i = 0; i < 100; i += 1) later(60);
  t.equal(asked.length, 1, 'nor when it was taken away meanwhile');
  await became(sent);
  without();
  later(1);
  later(31);
  t.equal(asked.length, 1, 'then it begins anew');
  later(1);
  t.equal(asked.length, 2);
});

t.test('sent, and not received in time: asked again soon, until enough agree', async (t) => {
  const { later, hears, asked, became, answer, is } = sending();
  hears(5);
  later(0);
  later(40);
  await became(sent);
  later(59);
  t.equal(answer(), undefined);
  later(1);
  t.match(answer(), {
    status: 'failed',
    reason: 'a message was sent, and not received within 60s',
  });
  later(1);
  t.equal(asked.length, 2);
  is('failed');
  await became(sent);
  later(60);
  later(60);
  t.equal(asked.length, 2, 'what is known already is looked at as seldom as ever');
});

t.test('a command that fails is another reason', async (t) => {
  const { later, hears, became, answer } = sending();
  hears(5);
  later(0);
  later(40);
  await became({ status: 'degraded', reason: 'exit status 1: no token' });
  t.match(answer(), {
    status: 'failed',
    reason: 'the message could not be sent: exit status 1: no token',
  });
});

t.test('received, and not answered', async (t) => {
  const check = { ...usual, expect: 'answered' as const };
  const { later, hears, became, answer } = sending(check);
  hears(5, 5);
  later(0);
  later(40);
  await became(sent);
  hears(6, 5);
  later(60);
  t.match(answer(), {
    status: 'failed',
    reason: 'a message was received, and not answered within 60s',
  });
  later(1);
  await became(sent);
  hears(7, 6);
  later(1);
  t.match(answer(), { status: 'ok', reason: /^a message was answered after/ });
});

t.test('a link that is away leaves it open, and what it began has its time to end', async (t) => {
  const { later, hears, asked, became, answer } = sending({ ...usual, everyMs: 1000 });
  hears(5);
  later(0);
  later(40);
  await became(new Error('no link'));
  t.equal(answer(), undefined);
  later(31);
  t.equal(asked.length, 1);
  later(1);
  t.equal(asked.length, 2);
});

t.test('a clock that was set says nothing of how long it took', async (t) => {
  for (const clockSetAt of [1_050_000, 1]) {
    const { later, hears, asked, became, answer } = sending();
    hears(5);
    later(0);
    later(40);
    await became(sent);
    later(9000, usual, clockSetAt);
    t.equal(answer(), undefined);
    later(59, usual, clockSetAt);
    t.equal(asked.length, 1);
    later(1, usual, clockSetAt);
    t.equal(asked.length, 2);
    await became(sent);
    later(60, usual, clockSetAt);
    t.match(answer(), { status: 'failed' });
  }
});

t.test('to nobody, and outside its hours, none is sent', async (t) => {
  const { later, asked, answer } = sending();
  later(0);
  later(40);
  t.match(answer(), { status: 'failed', reason: 'no bot of it counts messages, so none was sent' });
  t.same(asked, []);
  // The clock of this test stands at a quarter past midnight.
  const hours = { from: 8 * 60, to: 22 * 60, days: [0, 1, 2, 3, 4, 5, 6], timezone: 'UTC' };
  const night = sending({ ...usual, hours });
  night.hears(5);
  night.later(0);
  night.later(40);
  t.same(night.asked, []);
  night.later(8 * 3600);
  t.equal(night.asked.length, 1);
});

t.test(
  'who died while it waited for its turn is sent nothing; what is gone is forgotten',
  async (t) => {
    const { later, hears, asked, lanes, life, dies, canaries, became } = sending();
    const busy = Promise.withResolvers<void>();
    lanes({ server: life.server, life: life.life, run: () => busy.promise });
    hears(5);
    later(0);
    later(40);
    dies();
    busy.resolve();
    await turn();
    t.same(asked, []);
    canaries.keep({});
    const other = sending();
    other.hears(5);
    other.later(0);
    other.later(40);
    other.goes();
    await other.became({ status: 'failed', reason: 'x' });
    t.equal(other.answer(), undefined);
    await became(sent);
  },
);

t.test('whatever happens, never two at once', async (t) => {
  const check = { ...usual, everyMs: 5000, timeoutMs: 3000 };
  const step = fc.oneof(
    fc.integer({ min: 0, max: 8 }).map((seconds) => ({ seconds })),
    fc.constantFrom<Finding | Error>(sent, { status: 'failed', reason: 'x' }, new Error('no link')),
    fc.constantFrom('hears', 'without', 'clock'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { later, hears, asked, became, without } = sending(check);
      let [answered, clockSetAt] = [0, 0];
      hears(0);
      for (const one of steps) {
        if (one === 'without') without();
        else if (one === 'clock') clockSetAt += 1;
        else if (one === 'hears') hears(asked.length + answered);
        else if (typeof one === 'object' && 'seconds' in one) {
          later(one.seconds, check, clockSetAt);
        } else if (answered < asked.length) {
          answered += 1;
          await became(one);
        }
        t.ok(asked.length - answered <= 1);
      }
    }),
    { numRuns: 100 },
  );
});
