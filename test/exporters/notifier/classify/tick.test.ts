import t from 'tap';
import { type Book, emptyBook, put } from '../../../../exporters/notifier/classify/book.ts';
import { newAlert, sameAgainMs } from '../../../../exporters/notifier/classify/open.ts';
import { tick } from '../../../../exporters/notifier/classify/tick.ts';
import { alertsIn, fold, noon, settingsWith, Tale } from './sample-events.ts';

const hour = 3_600_000;
const repeat = 4 * hour;
const day = 24 * hour;
const declared = settingsWith({ sessions: { web: { importance: 'normal', restart: true } } });

const loudAt = (book: Book): number | undefined => alertsIn(book)[0]?.loudAt;

t.test('what is serious and goes on is told again', async (t) => {
  const book = fold(new Tale().died(['web']));
  t.equal(tick(book, declared, noon + repeat - 1), book);
  const again = tick(book, declared, noon + repeat);
  t.equal(loudAt(again), noon + repeat);
  t.equal(tick(again, declared, noon + repeat + 60_000), again);
  t.equal(loudAt(tick(again, declared, noon + 2 * repeat)), noon + 2 * repeat);
});

t.test('the end of what nobody declared lapses', async (t) => {
  const tale = new Tale();
  const book = fold(tale.died(['mine']));
  t.equal(tick(book, declared, noon + hour), book);
  const after = tick(book, declared, noon + hour + 1);
  const [known, alert] = [...alertsIn(book), ...alertsIn(after)];
  t.match(alert, { status: 'resolved', lapsed: true, resolvedAt: noon + hour + 1 });
  t.equal(alert?.loudAt, known?.loudAt, 'nobody is called for it');
  t.equal(tick(after, declared, noon + repeat), after);
  t.equal(fold([tale.wait(repeat).back('mine')], after).alerts, after.alerts, 'whatever comes');
  tale.now = noon + hour + 60_000;
  t.match(alertsIn(fold(tale.died(['mine']), after)), [
    { count: 2, status: 'firing', lapsed: false, loudAt: tale.now },
  ]);
});

t.test('but not where one of those that are missing is declared', async (t) => {
  const tale = new Tale();
  const book = fold(tale.died(['mine', 'web'], { cause: 'program-exit', exitStatus: 1 }));
  t.equal(tick(book, declared, noon + day), book);
  const half = fold([tale.back('web')], book);
  t.match(alertsIn(tick(half, declared, noon + day)), [{ lapsed: true, down: ['mine'] }]);
});

t.test('what only happens lapses when it can no longer be the same again', async (t) => {
  const tale = new Tale();
  const damaged = () => tale.event('log.quarantined', { file: '', reason: '', salvaged: 1 });
  const book = fold([damaged()]);
  t.equal(tick(book, declared, noon + sameAgainMs), book);
  for (const jump of [sameAgainMs + 1, -day]) {
    const [alert] = alertsIn(tick(book, declared, noon + jump));
    t.match(alert, { status: 'resolved', lapsed: true, loudAt: noon });
  }
  const after = tick(book, declared, noon + sameAgainMs + 1);
  tale.wait(sameAgainMs + 2);
  t.match(alertsIn(fold([damaged()], after)), [{ count: 1 }, { count: 1, status: 'firing' }]);
});

t.test('and not what is known, over or less serious', async (t) => {
  const tale = new Tale();
  const died = fold(tale.died(['web']));
  const books = [
    fold([tale.acknowledged('1')], died),
    fold([tale.back('web')], died),
    fold(new Tale().died(['web'], { cause: 'program-exit', exitStatus: 1 })),
  ];
  for (const book of books) t.equal(tick(book, declared, noon + day), book);
});

t.test('a clock that was set: once, and then as often as before', async (t) => {
  for (const jump of [-day, day, -repeat]) {
    const book = tick(fold([new Tale().hung()]), declared, noon + jump);
    t.equal(loudAt(book), noon + jump);
    t.equal(tick(book, declared, noon + jump + 60_000), book, 'not every minute');
    t.equal(loudAt(tick(book, declared, noon + jump + repeat)), noon + jump + repeat);
  }
});

t.test('of too many alerts the oldest that are over are forgotten first', async (t) => {
  const sign = (seq: number) => ({ at: noon, seq, trace: '' });
  const add = (book: Book, seq: number, rest = {}) =>
    put(book, newAlert('server-hung', `s${seq}`, sign(seq), rest));
  const once = (book: Book, seq: number) =>
    put(book, newAlert('log-damaged', `s${seq}`, sign(seq)));
  let book = add(emptyBook(0), 1);
  book = once(add(book, 2, { status: 'resolved' }), 3);
  for (let seq = 4; seq <= 302; seq += 1) book = add(book, seq);
  const subjects = alertsIn(book).map(({ subject }) => subject);
  t.equal(subjects.length, 300);
  t.same(subjects.slice(0, 2), ['s1', 's4'], 'open ones stay');
  for (let seq = 303; seq <= 310; seq += 1) book = add(book, seq);
  t.same(
    alertsIn(book)
      .map(({ subject }) => subject)
      .slice(0, 2),
    ['s11', 's12'],
    'where all are open, the oldest go',
  );
});
