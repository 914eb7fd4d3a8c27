import { mock } from 'node:test';
import t, { type Test } from 'tap';
import { createVerdicts } from '../../../../agent/act/verdict/verdicts.ts';
import type { EventOf } from '../../../../agent/model/event.ts';
import type { DeathRecord } from '../../../../agent/model/events/death.ts';
import type { SourceFact } from '../../../../agent/model/source-fact.ts';
import type { Incident } from '../../../../agent/model/state.ts';
import { signal, status } from '../../explain/sample-death.ts';
import { after, bootId, born, bot, numbered, running, work } from '../../model/sample.ts';
import { opened } from '../../model/sample-events.ts';
import { dies } from '../sample-died.ts';

const lateMs = 200;

/** Evidence of others that tells of a login, in time. */
const login = (text: string): SourceFact => ({
  ...{ at: born - 1000, source: 'logind', text, kind: 'login-session' },
  ...{ session: '3', phase: 'begun', user: 'deploy', leader: 7 },
});

type Asked = Pick<Parameters<typeof createVerdicts>[0], 'ask' | 'lookFurther' | 'recall'>;

/** Verdicts on the incident 1 as they are recorded, where others are asked as well. */
const asking = (t: Test, asked: Asked, now = () => born + 500) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.teardown(() => mock.timers.reset());
  const told: EventOf<'verdict.reached'>['data'][] = [];
  let state = after(running, opened('1', [bot.life]), opened('2', [work.life]));
  const verdicts = createVerdicts({
    ...{ state: () => state, now, bootId, cleanStop: false, ...asked },
    record: (events) => {
      told.push(...events.flatMap(({ type, data }) => (type === 'verdict.reached' ? data : [])));
      state = after(state, ...events);
    },
  });
  const die = async (changes: Partial<DeathRecord>): Promise<void> => {
    verdicts.take(numbered([dies(changes)], state.seq));
    mock.timers.tick(lateMs);
    // What the verdict waits for is there at once: all of it has its turn before this.
    await new Promise(setImmediate);
  };
  return { told, die, verdicts };
};

t.test('what says the same with more evidence is kept, and said to be no news', async (t) => {
  const lookFurther = async () => ({ facts: [login('New session 3.')], unread: [] });
  const { told, die } = asking(t, { lookFurther });
  await die({ exit: signal(9) });
  t.equal(told.length, 2);
  t.notOk('confirms' in (told[0] ?? {}));
  t.match(told[1], { confirms: true, verdict: { preceded: [{ text: 'New session 3.' }] } });
  t.equal(told[1]?.verdict.summary, told[0]?.verdict.summary);
});

t.test('what concludes something else is news', async (t) => {
  const kill: SourceFact = {
    ...{ at: born, source: 'kernel-log', text: 'Killed process 1', kind: 'oom-kill', pid: 1001 },
    ...{ comm: 'node', uid: 0, ranOut: 'machine', limitGroup: null, victimGroup: null },
    rssBytes: 5,
  };
  const lookFurther = async () => ({ facts: [kill], unread: [] });
  const { told, die } = asking(t, { lookFurther });
  const pane = { id: '%1', pid: 1001, startTime: 1, command: 'node', exit: null, historyLines: 0 };
  await die({ exit: signal(9), panes: [pane] });
  t.match(told, [{ verdict: { cause: 'signal' } }, { verdict: { cause: 'oom-system' } }]);
  t.notOk(told.some((data) => 'confirms' in data));
});

t.test('nothing new is not kept', async (t) => {
  const { told, die } = asking(t, { lookFurther: async () => ({ facts: [], unread: [] }) });
  await die({ exit: signal(9) });
  t.equal(told.length, 1);
});

t.test('how the same came about before goes with the verdict', async (t) => {
  const recurrence = { count: 2, text: 'Second time in 3 days', prevention: null };
  const causes: unknown[] = [];
  const recall = async ({ incident, verdict: found }: Incident) => {
    causes.push([incident, found?.cause]);
    return recurrence;
  };
  const { told, die } = asking(t, { recall });
  await die({ exit: signal(9) });
  t.match(told, [{ incident: '1', recurrence }]);
  t.strictSame(causes, [['1', 'signal']], 'it is asked of what is concluded now');
});

t.test('what is the first time says nothing of it', async (t) => {
  const { told, die } = asking(t, { recall: async () => null });
  await die({ exit: signal(9) });
  t.equal(told.length, 1);
  t.notOk('recurrence' in (told[0] ?? {}));
});

/** The kernel would have told, and did not. */
const sawNothing = async () => ({
  testimony: {
    ...{ since: 0, lost: [], signals: [], ooms: [], clients: [] },
    method: 'probe' as const,
  },
});

t.test('what needs no more evidence is looked around for, and not each time', async (t) => {
  let now = born;
  let looks = 0;
  const lookFurther = async () => {
    looks += 1;
    return { facts: [login('New session 3.')], unread: [] };
  };
  const { told, die } = asking(t, { ask: sawNothing, lookFurther }, () => now);
  const crash = async (after: number) => {
    now += after;
    await die({ exit: status(1), found: now, lastSeen: now });
  };
  await crash(0);
  const [first] = told;
  t.equal(first?.verdict.confidence, 'certain', 'a verdict that needs no more');
  t.match(told[1], { confirms: true, verdict: { preceded: [{ text: 'New session 3.' }] } });
  t.strictSame(told[1]?.verdict.evidence, first?.verdict.evidence, 'what led to it stays');
  await crash(10_000);
  t.equal(looks, 1);
  await crash(50_000);
  t.equal(looks, 2);
});

t.test('a verdict that waits is not told after the end, nor where more has come in', async (t) => {
  const { promise, resolve } = Promise.withResolvers<null>();
  const { told, die, verdicts } = asking(t, { recall: () => promise });
  await die({});
  verdicts.close();
  resolve(null);
  await new Promise(setImmediate);
  t.strictSame(told, []);
});
