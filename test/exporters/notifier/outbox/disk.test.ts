import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import t from 'tap';
import { openDatabase } from '../../../../exporters/notifier/outbox/database.ts';
import { noon, Tale } from '../classify/sample-events.ts';
import { directory, hook, openRig, phone, rigFor } from '../sample-desk.ts';

/** Leaves no room for another row, however small: the last one takes what there is. */
const fillUp = (database: DatabaseSync): void => {
  const grow = database.prepare(`
    update deliveries set card = card || printf('%*s', ?, '') where id = (select max(id) from deliveries)`);
  for (let bytes = 4096; bytes >= 16; ) {
    try {
      grow.run(bytes);
    } catch {
      bytes /= 2;
    }
  }
};

t.test('a full disk: nothing is lost, and it goes on afterwards', async (t) => {
  const { desk, database, drain, told, clock, troubles } = rigFor(t);
  const tale = new Tale();
  const pages = Number(database.prepare('pragma page_count').get()?.['page_count']);
  database.exec(`pragma max_page_count = ${pages + 8}`);
  const pieces = Array.from({ length: 60 }, (_, i) => tale.died([`s${i}`], {}, `srv${i}`));
  let full = 0;
  const stuck: typeof pieces = [];
  for (const piece of pieces) {
    const before = desk.cursor;
    try {
      desk.take(piece);
    } catch (cause) {
      t.match(cause, { errcode: 13 }, 'SQLITE_FULL');
      t.equal(desk.cursor, before, 'nothing has happened');
      full += 1;
      stuck.push(piece);
    }
    if (full > 3) break;
  }
  t.ok(full > 3);
  fillUp(database);
  desk.agentGone(noon - 60_000);
  desk.tick();
  t.match(troubles, [{ errcode: 13 }, { errcode: 13 }], 'it is said, and is not the end');
  const rows = () => Number(database.prepare('select count(*) as n from deliveries').get()?.['n']);
  const [first] = stuck;
  const taken = pieces.indexOf(first ?? []);
  t.equal(rows(), 2 * taken);

  database.exec('pragma max_page_count = 100000');
  desk.tick();
  for (const piece of pieces.slice(taken)) desk.take(piece);
  clock.now += 1000;
  drain(hook);
  const silent = told.filter(({ card }) => card.kind === 'agent-silent');
  t.equal(silent.length, 1);
  t.equal(troubles.length, 2);
  t.same(
    told.filter((one) => !silent.includes(one)).map(({ card }) => card.sessions[0]),
    pieces.map((_, i) => `s${i}`),
  );
});

t.test('an outbox that is opened again goes on where it was', async (t) => {
  const file = join(directory(t), 'outbox.db');
  const clock = { now: noon };
  const first = openRig({ file, clock });
  const tale = new Tale();
  first.desk.take(tale.died(['a']));
  first.drain();
  first.desk.take(tale.died(['b']));
  first.close();
  const second = openRig({ file, clock });
  t.equal(second.desk.cursor, tale.seq);
  second.desk.take([tale.back('a')]);
  second.drain(hook);
  t.same(
    second.toldTo(hook),
    ['new session-died firing error', 'edit session-died resolved error'],
    'what is new first',
  );
  t.equal(second.told.length, 2);
  t.same(second.setAside, []);
  second.close();
});

t.test('a damaged outbox is set aside and a fresh one made', async (t) => {
  for (const damage of ['no database', 'torn pages'] as const) {
    const folder = directory(t);
    const file = join(folder, 'outbox.db');
    const rig = openRig({ file });
    const tale = new Tale();
    for (let i = 0; i < 40; i += 1) rig.desk.take(tale.died([`s${i}`]));
    rig.close();
    const bytes = readFileSync(file);
    if (damage === 'no database') bytes.fill('x', 0, 100);
    else bytes.fill(0xa5, 4096, bytes.length - 4096);
    writeFileSync(file, bytes);
    const aside: string[] = [];
    const database = openDatabase(file, (as) => aside.push(as));
    t.equal(aside.length, 1, damage);
    t.ok(readdirSync(folder).includes(basename(aside[0] ?? '')));
    t.same(readFileSync(aside[0] ?? ''), bytes, 'it is kept as it was');
    t.equal(database.prepare('select count(*) as n from deliveries').get()?.['n'], 0);
    database.close();
  }
});

t.test('what cannot be opened at all is no damage', async (t) => {
  const folder = directory(t);
  t.throws(() => openDatabase(folder, () => t.fail('set aside')));
});

t.test('notes wait until they are handed over', async (t) => {
  const { outbox, desk, drain } = rigFor(t, { listeners: [phone] });
  desk.take(new Tale().died(['a']));
  drain();
  const [note, ...others] = outbox.notes();
  t.match(note?.event, {
    type: 'alert.sent',
    data: { channel: phone.name, kind: 'session-died', incident: '1', attempts: 1, afterMs: 0 },
  });
  t.same(others, []);
  outbox.note({
    ...{ at: noon, type: 'remote.paired' },
    data: { remote: { channel: 'telegram', user: '1', name: 'Ann' } },
  });
  t.equal(outbox.notes().length, 2);
  outbox.noted(note?.id ?? 0);
  t.match(outbox.notes(), [{ event: { type: 'remote.paired' } }]);
});

t.test('what was told long ago is forgotten, and what waits is not', async (t) => {
  const { outbox, desk, drain, clock, standing } = rigFor(t);
  desk.take(new Tale().died(['a']));
  drain(hook);
  outbox.tidy(clock.now + 31 * 86_400_000);
  t.same(standing(hook), [undefined]);
  t.same(standing(phone), ['queued']);
  outbox.keepFact('k', '1');
  outbox.keepFact('k', '2');
  t.equal(outbox.fact('k'), '2');
  t.equal(outbox.fact('other'), null);
});
