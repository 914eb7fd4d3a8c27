import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import t from 'tap';
import type { Event } from '../../../../agent/model/event.ts';
import { noon, Tale } from '../classify/sample-events.ts';
import { directory, hook, openRig, phone, type Rig, type Told } from '../sample-desk.ts';

/** A process that is killed at its n-th statement: nothing it does afterwards happens. */
const killedAt = (at: number) => {
  let statements = 0;
  const living = (): void => {
    statements += 1;
    if (statements > at) throw new Error('killed');
  };
  const statementOf = (statement: StatementSync): StatementSync =>
    new Proxy(statement, {
      get: (target, name) => {
        const value = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          living();
          return value.apply(target, args);
        };
      },
    });
  const wrap = (database: DatabaseSync): DatabaseSync =>
    new Proxy(database, {
      get: (target, name) => {
        if (name === 'prepare') return (sql: string) => statementOf(target.prepare(sql));
        const value = Reflect.get(target, name);
        if (name !== 'exec') return typeof value === 'function' ? value.bind(target) : value;
        return (sql: string) => {
          living();
          target.exec(sql);
        };
      },
    });
  return { wrap, wasKilled: () => statements > at };
};

/** What the agent has in its log, in the pieces in which it comes. */
const story = (): Event[][] => {
  const tale = new Tale();
  const first = tale.opened(['a']);
  return [
    first.events,
    [tale.wait(200).verdict(first.incident)],
    [...tale.died(['b']), tale.back('a')],
    [tale.silenced('c', 1000), ...tale.died(['c'])],
    [tale.wait(60_000).decided('suspend', 'b')],
    [tale.hung(), tale.resumed()],
  ];
};

const pieces = story();
const last = pieces.flat().at(-1)?.seq ?? 0;

/** Takes what it has not taken and tells what waits; the agent gives it what comes after its cursor. */
const live = (rig: Rig): void => {
  for (const piece of pieces) {
    const events = piece.filter(({ seq }) => seq > rig.desk.cursor);
    if (events.length === 0) continue;
    rig.clock.now = Math.max(rig.clock.now, events.at(-1)?.at ?? 0);
    rig.desk.take(events);
    rig.desk.tick();
    rig.drain();
  }
  rig.clock.now += 2000;
  rig.desk.tick();
  rig.drain();
};

const finalOf = (told: Told[], channel: string): string[] => {
  const newest = new Map(
    told.filter((one) => one.channel === channel).map((one) => [one.card.alert, one.card]),
  );
  return [...newest.values()].map(({ sessions, kind, status, severity }) =>
    [sessions.join(), kind, status, severity].join(' '),
  );
};

/** Deliveries that say what the same receiver was told before. */
const duplicates = (told: Told[]): number => {
  const keys = told.map(({ channel, card }) => `${channel} ${card.alert} ${card.revision}`);
  return keys.length - new Set(keys).size;
};

t.test('killed at any statement: nothing is lost, at most one thing is told twice', async (t) => {
  const calm = openRig({ file: join(directory(t), 'outbox.db') });
  live(calm);
  calm.close();
  const expected = [phone, hook].map(({ name }) => finalOf(calm.told, name));
  t.equal(duplicates(calm.told), 0);
  t.equal(expected[1]?.length, 4);

  let kills = 0;
  // Every second one: no two that follow each other are both commits.
  for (let at = 1; ; at += 2) {
    const file = join(directory(t), 'outbox.db');
    const told: Told[] = [];
    const clock = { now: noon };
    const { wrap, wasKilled } = killedAt(at);
    const before: { rig?: Rig } = {};
    // A death on the way takes the connection with it; what was not committed is gone.
    const opened: DatabaseSync[] = [];
    try {
      before.rig = openRig({
        ...{ file, told, clock },
        wrap: (database) => {
          opened.push(database);
          return wrap(database);
        },
      });
      live(before.rig);
    } catch (cause) {
      if (!wasKilled()) throw cause;
    }
    for (const database of opened) database.close();
    if (!wasKilled()) break;
    kills += 1;
    const after = openRig({ file, told, clock });
    const { cursor } = after.desk;
    live(after);
    after.close();
    const again = duplicates(told);
    if (after.desk.cursor !== last) t.fail(`${at}: it ended at ${after.desk.cursor}`);
    if (again > 1) t.fail(`${at}: ${again} duplicates`);
    const states = [phone, hook].map(({ name }) => finalOf(told, name));
    if (JSON.stringify(states[1]?.toSorted()) !== JSON.stringify(expected[1]?.toSorted())) {
      t.same(states[1], expected[1], `${at}, begun again at ${cursor}`);
    }
    const heads = told.filter(({ channel, isNew }) => channel === hook.name && isNew);
    const order = [...new Set(heads.map(({ card }) => card.openedAt))];
    if (String(order) !== String(order.toSorted((a, b) => a - b))) t.fail(`${at}: ${order}`);
    if (after.setAside.length > 0) t.fail('the outbox was set aside');
  }
  t.ok(kills > 100, `${kills} kills`);
});

t.test('cursor and deliveries move together', async (t) => {
  for (let at = 1; ; at += 1) {
    const file = join(directory(t), 'outbox.db');
    const first = openRig({ file });
    first.close();
    const { wrap, wasKilled } = killedAt(at);
    const opened: DatabaseSync[] = [];
    try {
      const rig = openRig({
        file,
        wrap: (database) => {
          opened.push(database);
          return wrap(database);
        },
      });
      rig.desk.take(new Tale().died(['a']));
    } catch (cause) {
      if (!wasKilled()) throw cause;
    }
    for (const database of opened) database.close();
    const after = openRig({ file });
    const rows = Number(
      after.database.prepare('select count(*) as n from deliveries').get()?.['n'],
    );
    t.equal(rows, after.desk.cursor === 0 ? 0 : 2, `${at}`);
    after.close();
    if (!wasKilled()) {
      t.equal(rows, 2);
      break;
    }
  }
});
