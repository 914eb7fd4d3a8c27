import t from 'tap';
import { createMethods, type MethodPorts } from '../../../agent/api/methods.ts';
import type { Receiver } from '../../../agent/api/subscriber.ts';
import type { Event, NewEvent } from '../../../agent/model/event.ts';
import type { EventLog } from '../../../agent/model/event-log.ts';
import { jsonBytes } from '../../../agent/model/json-size.ts';
import type { State } from '../../../agent/model/state.ts';
import { version } from '../../../agent/model/version.ts';
import { after, born, bot, nobody, numbered, running, socket, work } from '../model/sample.ts';
import { decided, died, opened } from '../model/sample-events.ts';
import { eventsUpTo, memoryLog } from './sample-log.ts';

const cause = 'b'.repeat(32);
const state = after(
  running,
  opened('1', [bot.life]),
  { ...opened('2', [work.life]), trace: cause } as NewEvent,
  opened('3', []),
);

const needed = { ...bot, bot: '', kind: 'code', text: 'a code', at: born };

/** The methods upon a log that holds `stored`, and what they asked of others. */
const methodsUpon = (stored: Event[] = [], changes: Partial<EventLog> = {}) => {
  const asked: unknown[] = [];
  const kept = memoryLog(stored, changes);
  const ask =
    (name: string) =>
    async (...params: unknown[]) => {
      asked.push([name, ...params]);
      return { action: 'a1', outcome: 'done' as const, message: '' };
    };
  const methods = createMethods({
    state: () => state,
    status: () => ({ schema: 1, seq: 9 }),
    log: kept.log,
    publisher: { subscribe: (...params: unknown[]) => void asked.push(['subscribe', ...params]) },
    operator: {
      ...{ start: ask('start'), stop: ask('stop'), restart: ask('restart'), send: ask('send') },
    },
    logLevel: (params: { level?: string }) => ({ level: params.level ?? 'info', sessions: {} }),
    reload: async () => ({ hash: 'c'.repeat(64) }),
    ownerOf: () => 'deploy',
    refresh: (session: string) => {
      asked.push(['refresh', session]);
      return { refresh: 'r1', until: 9 };
    },
    needed: () => [needed, { ...needed, server: 'theirs' }],
  } as unknown as MethodPorts);
  return { methods, asked, ...kept };
};

t.test('who answers, and the one document about now', async (t) => {
  const { methods } = methodsUpon();
  t.strictSame(methods.version({}, nobody), { version, schema: 1, pid: process.pid });
  t.strictSame(methods.status({}, nobody), { schema: 1, seq: 9 });
});

t.test('events are read as asked, a thousand unless told otherwise', async (t) => {
  const { methods, queries } = methodsUpon(eventsUpTo(1500));
  const page = await methods['events.read']({}, nobody);
  t.equal(page.events.length, 1000);
  t.equal(page.head, 1500, 'the head is that of the log');
  const query = { after: 1400, since: 5, session: 'bot', types: ['session.died' as const] };
  t.equal((await methods['events.read']({ ...query, limit: 7 }, nobody)).events.length, 7);
  t.strictSame(queries, [{ limit: 1000 }, { ...query, limit: 7 }]);
});

/** Deaths of about 8 KiB each, of an incident that began when they did. */
const largeDeaths = (count: number): Event[] =>
  numbered(
    Array.from({ length: count }, (_, i) => {
      const { data, ...death } = died({ ...bot, session: `s${i}` });
      const large = { ...data, tail: 'x'.repeat(7500) };
      return { ...death, data: large, trace: cause } as NewEvent;
    }),
  );

t.test('an answer is about 1 MiB, and says where to read on', async (t) => {
  const { methods } = methodsUpon(largeDeaths(300));
  const seqs: number[] = [];
  let answers = 0;
  for (let after: number | null = 0; after !== null; answers += 1) {
    const page = await methods['events.read']({ after }, nobody);
    t.ok(jsonBytes(page) < 1.25 * 1024 * 1024);
    seqs.push(...page.events.map(({ seq }) => seq));
    after = page.next;
  }
  t.equal(answers, 3);
  t.strictSame(
    seqs,
    Array.from({ length: 300 }, (_, i) => i + 1),
  );
});

t.test('of an incident too large for an answer deaths are left out', async (t) => {
  const deed = { ...decided('recover', 'died'), trace: cause };
  const deaths = largeDeaths(300);
  const { methods } = methodsUpon([...deaths, ...numbered([deed], 300)]);
  const { events, more } = await methods.incident({ id: '2' }, nobody);
  t.ok(jsonBytes(events) < 1.25 * 1024 * 1024);
  t.ok(more);
  t.equal(events.at(-1)?.type, 'decision.made', 'what was done is not');
});

t.test('what mattered of the minute before is told with an incident', async (t) => {
  const machine = { memoryTotalBytes: 2 ** 31, cpuBusy: 0.5, pressure: null };
  const machineBefore = [0.5, 0.05].map((free, i) => ({
    ...{ ...machine, at: born - 10_000 + 5000 * i, memoryAvailableBytes: free * 2 ** 31 },
  }));
  const event = opened('2', [work.life]);
  const measured = { ...event, data: { ...event.data, machineBefore }, trace: cause } as NewEvent;
  const tell = async (...stored: NewEvent[]) =>
    (await methodsUpon(numbered(stored)).methods.incident({ id: '2' }, nobody)).preceded;
  const death = { ...died(work), trace: cause };
  t.strictSame(await tell(measured, death), [
    'memory of the machine rose from 1.0G to 1.9G of 2.0G in 5 s',
  ]);
  t.strictSame(await tell({ ...event, trace: cause }, death), [], 'by an older release');
});

t.test('incidents are as many as fit into an answer', async (t) => {
  const sessions = Array.from({ length: 1000 }, (_, i) => `${i}`.padStart(200, 'x'));
  const incidents = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`i${i}`, { incident: `i${i}`, sessions }]),
  );
  const state = { ...running, incidents: incidents as unknown as State['incidents'] };
  const all = createMethods({ state: () => state } as unknown as MethodPorts);
  const answer = await all.incidents({}, nobody);
  t.ok(jsonBytes(answer) < 1024 * 1024 + 100);
  t.equal(answer.incidents.at(-1)?.incident, 'i19');
  t.equal(answer.incidents.length, 5);
});

t.test('four readings at once, and the rest in their turn', async (t) => {
  const reads: ((events: Event[]) => void)[] = [];
  const read = () => new Promise<Event[]>((resolve) => reads.push(resolve));
  const { methods } = methodsUpon([], { read });
  const answers = [1, 2, 3].flatMap(() => [
    ...[methods['events.read']({}, nobody), methods.incident({}, nobody)],
  ]);
  await new Promise(setImmediate);
  t.equal(reads.length, 4);
  reads[0]?.([]);
  await answers[0];
  await new Promise(setImmediate);
  t.equal(reads.length, 5);
  for (const give of reads) give([]);
  await new Promise(setImmediate);
  reads[5]?.([]);
  t.equal((await Promise.all(answers)).length, 6);
});

t.test('a subscription begins with the head that its gap is judged by', async (t) => {
  const { methods, asked } = methodsUpon(eventsUpTo(12));
  const receiver = {} as Receiver;
  t.strictSame(methods['events.subscribe']({ after: 3 }, receiver), { head: 12 });
  t.strictSame(asked, [['subscribe', receiver, { after: 3 }, 12]]);
});

t.test('incidents: the newest, oldest first', async (t) => {
  const { methods } = methodsUpon();
  const ids = async (params: { limit?: number }) =>
    (await methods.incidents(params, nobody)).incidents.map(({ incident }) => incident);
  t.strictSame(await ids({}), ['1', '2', '3']);
  t.strictSame(await ids({ limit: 2 }), ['2', '3']);
  const many = Array.from({ length: 30 }, (_, i) => opened(String(i + 1)));
  const all = createMethods({ state: () => after(running, ...many) } as MethodPorts);
  const { incidents } = await all.incidents({}, nobody);
  t.strictSame([incidents.length, incidents[0]?.incident], [20, '11']);
});

t.test('an incident comes with its trace and the deaths of its sessions', async (t) => {
  const traced = (event: NewEvent, trace: string): NewEvent => ({ ...event, trace });
  const stored = numbered([
    traced(decided('recover', 'died'), cause),
    traced(died(work), 'd'.repeat(32)),
    traced(died(bot), 'd'.repeat(32)),
    traced(decided('recover', 'died'), 'd'.repeat(32)),
  ]);
  const { methods, queries } = methodsUpon(stored);
  const report = await methods.incident({ id: '2' }, nobody);
  t.match(report.incident, { incident: '2', trace: cause });
  t.strictSame(
    report.events.map(({ seq }) => seq),
    [1, 2],
  );
  const around = { since: born - 1000, until: born + 60_000 };
  t.strictSame(queries, [{ ...around, after: 0, limit: 1000 }]);
  t.notOk(report.more);
  t.match(await methods.incident({}, nobody), { incident: { incident: '3' } }, 'the newest');
  await t.rejects(async () => methods.incident({ id: '77' }, nobody), { code: 'unknown-incident' });
});

t.test('a screen is given as long as it is kept', async (t) => {
  const kept = 'a'.repeat(64);
  const { methods } = methodsUpon([], {
    getBlob: async (name) => (name === kept ? 'the screen' : null),
  });
  t.strictSame(await methods['screen.read']({ blob: kept }, nobody), { text: 'the screen' });
  const lost = { blob: 'b'.repeat(64) };
  await t.rejects(async () => methods['screen.read'](lost, nobody), { code: 'unknown-screen' });
});

t.test('what an operator asks for is passed on, with who asked', async (t) => {
  const { methods, asked } = methodsUpon();
  const session = 'bot';
  const results = [
    await methods['session.start']({ session }, nobody),
    await methods['session.stop']({ session }, nobody),
    await methods['session.restart']({ session }, nobody),
    await methods['session.send']({ session, text: 'hello', enter: true }, nobody),
  ];
  t.strictSame(asked, [
    ['start', 'bot', nobody],
    ['stop', 'bot', nobody],
    ['restart', 'bot', nobody],
    ['send', 'bot', { text: 'hello', enter: true }, nobody],
  ]);
  t.match(results, Array(4).fill({ action: 'a1', outcome: 'done' }));
  t.strictSame(await methods['log.level']({ level: 'debug' }, nobody), {
    ...{ level: 'debug', sessions: {} },
  });
  t.strictSame(await methods['config.reload']({}, nobody), { hash: 'c'.repeat(64) });
});

t.test('a login is renewed for who asked', async (t) => {
  const { methods, asked } = methodsUpon();
  t.strictSame(await methods['session.refresh']({ session: 'bot' }, nobody), {
    ...{ refresh: 'r1', until: 9 },
  });
  t.strictSame(asked, [['refresh', 'bot']]);
});

t.test('what bots wait for, of all or of one session', async (t) => {
  const { methods } = methodsUpon();
  const needs = [needed];
  const unknownToo = { needs: [needed, { server: 'theirs' }] };
  t.match(await methods['bot.needs']({}, nobody), unknownToo);
  t.strictSame(await methods['bot.needs']({ session: 'bot' }, nobody), { needs, bots: [] });
  t.strictSame(await methods['bot.needs']({ session: 'main:bot' }, nobody), { needs, bots: [] });
  t.strictSame(await methods['bot.needs']({ session: 'theirs:bot' }, nobody), {
    ...{ needs: [], bots: [] },
  });
  t.strictSame(await methods['bot.needs']({ session: 'work' }, nobody), { needs: [], bots: [] });
});

t.test('to attach: the socket of its server, and the id that no rename changes', async (t) => {
  const { methods } = methodsUpon();
  t.strictSame(await methods['session.attach']({ session: 'main:work' }, nobody), {
    ...{ socket, target: '$2', owner: 'deploy' },
  });
  await t.rejects(async () => methods['session.attach']({ session: 'x' }, nobody), {
    code: 'unknown-session',
  });
});
