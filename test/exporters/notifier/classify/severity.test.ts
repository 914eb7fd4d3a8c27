import t from 'tap';
import { type Cause, causes } from '../../../../agent/model/events/incident.ts';
import { severities } from '../../../../agent/model/severity.ts';
import { emptyBook } from '../../../../exporters/notifier/classify/book.ts';
import {
  severityByCause,
  severityOfDeath,
  severityRules,
} from '../../../../exporters/notifier/classify/severity.ts';
import { alertsIn, fold, noon, settings, settingsWith, Tale, verdictOf } from './sample-events.ts';

const alertOf = (cause: Cause, sessions = ['web']) => {
  const [alert] = alertsIn(fold(new Tale().died(sessions, { cause })));
  if (!alert) throw new Error('no alert');
  return alert;
};

t.test('each cause has a severity of its own, and an alert has it', async (t) => {
  t.same(Object.keys(severityByCause).toSorted(), causes.toSorted());
  for (const cause of causes) t.equal(alertOf(cause).severity, severityByCause[cause], cause);
});

t.test('each rule by itself', async (t) => {
  const { finding, ...rest } = alertOf('signal');
  const alert = { ...rest, finding };
  const book = emptyBook(0);
  const exit = (cause: Cause, exitStatus: number | null) => ({
    ...alert,
    finding: verdictOf({ cause, exitStatus }),
  });
  const deaths = (count: number) => ({ ...book, deaths: { web: Array(count).fill(noon) } });
  const names = (count: number) => ({
    ...alert,
    sessions: Array.from({ length: count }, (_, i) => `s${i}`),
  });
  const importance = (...all: ('high' | 'normal' | 'low')[]) =>
    settingsWith({
      sessions: Object.fromEntries(
        all.map((one, i) => [`s${i}`, { importance: one, restart: true }]),
      ),
    });
  const steps: Record<string, [number, Parameters<(typeof severityRules)[number]['steps']>][]> = {
    'clean-exit': [
      [-1, [exit('program-exit', 0), book, settings]],
      [0, [exit('program-exit', 1), book, settings]],
      [0, [exit('program-exit', null), book, settings]],
      [0, [exit('signal', 0), book, settings]],
      [0, [{ ...alert, finding: null }, book, settings]],
    ],
    repeated: [
      [0, [alert, book, settings]],
      [0, [alert, deaths(2), settings]],
      [1, [alert, deaths(3), settings]],
      [0, [{ ...alert, sessions: ['other'] }, deaths(3), settings]],
    ],
    many: [
      [0, [names(4), book, settings]],
      [1, [names(5), book, settings]],
    ],
    'gave-up': [
      [0, [alert, book, settings]],
      [2, [{ ...alert, gaveUp: true }, book, settings]],
    ],
    important: [
      [1, [names(2), book, importance('low', 'high')]],
      [0, [names(2), book, importance('low', 'normal')]],
    ],
    unimportant: [
      [-1, [names(2), book, importance('low', 'low')]],
      [0, [names(2), book, importance('low')]],
      [0, [names(0), book, importance('low')]],
    ],
  };
  t.same(
    Object.keys(steps),
    severityRules.map(({ name }) => name),
  );
  for (const rule of severityRules) {
    for (const [i, [expected, args]] of (steps[rule.name] ?? []).entries()) {
      t.equal(rule.steps(...args), expected, `${rule.name} ${i}`);
    }
  }
});

t.test('rules add up, and neither end is passed', async (t) => {
  const book = emptyBook(0);
  const low = settingsWith({ sessions: { web: { importance: 'low', restart: true } } });
  t.equal(severityOfDeath({ ...alertOf('oom-system'), gaveUp: true }, book, settings), 'critical');
  t.equal(severityOfDeath(alertOf('intended'), book, low), 'info');
  t.equal(severityOfDeath({ ...alertOf('unit-stop'), gaveUp: true }, book, low), 'warning');
  t.equal(severityOfDeath({ ...alertOf('signal'), finding: null }, book, settings), 'warning');
  const newer = {
    ...alertOf('signal'),
    finding: verdictOf({ cause: 'of a newer release' as never }),
  };
  t.equal(severityOfDeath(newer, book, settings), 'warning');
});

t.test('deaths of the last hour count, wherever the clock went', async (t) => {
  const tale = new Tale();
  let book = fold(Array.from({ length: 30 }, () => tale.wait(1).died(['web'])).flat());
  t.equal(book.deaths['web']?.length, 20, 'and a bounded number of them');
  book = fold(tale.wait(3_600_000).died(['web']), book);
  t.equal(book.deaths['web']?.length, 1);
  book = fold(tale.wait(-7 * 86_400_000).died(['web']), book);
  t.equal(book.deaths['web']?.length, 1);
  t.equal(alertsIn(book).at(-1)?.severity, 'error');
});

t.test('more of what is bad is never less serious', async (t) => {
  const rank = (name: (typeof severities)[number]) => severities.indexOf(name);
  for (const cause of causes) {
    const alert = alertOf(cause);
    const book = emptyBook(0);
    const base = rank(severityOfDeath(alert, book, settings));
    const worse = [
      severityOfDeath({ ...alert, gaveUp: true }, book, settings),
      severityOfDeath({ ...alert, sessions: ['a', 'b', 'c', 'd', 'e'] }, book, settings),
      severityOfDeath(alert, { ...book, deaths: { web: [1, 2, 3] } }, settings),
    ];
    for (const severity of worse) t.ok(rank(severity) >= base, cause);
  }
});
