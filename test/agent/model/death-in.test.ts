import t from 'tap';
import { deathIn, deathsOf } from '../../../agent/model/death-in.ts';
import type { Event } from '../../../agent/model/event.ts';
import { dies } from '../act/sample-died.ts';
import { numbered } from './sample.ts';
import { at, death, ended, life, nextLife, unit, up, wrote } from './unit-sample.ts';

const output = (data: ReturnType<typeof wrote>) => ({ at, type: 'unit.output', data }) as const;

const of = (...events: Parameters<typeof numbered>[0]) => deathsOf(numbered(events) as Event[]);

t.test('the end of a unit has a record where it was explained', async (t) => {
  t.equal(deathIn(ended()), null);
  t.equal(deathIn(up()), null);
  const record = deathIn(ended({ death }));
  t.match(record, { life, tmuxName: unit, unit: { name: unit, result: 'signal' }, screens: [] });
  t.match(record?.panes, [{ id: 'main', pid: 812 }]);
  t.strictSame(deathIn(ended({ death: { ...death, main: null } }))?.panes, []);
});

t.test('what it wrote last stands as its screen, whichever came first', async (t) => {
  const said = output(wrote('bye'));
  for (const events of [
    [ended({ death }), said],
    [said, ended({ death })],
  ]) {
    const [record, ...others] = of(...events);
    t.match(record?.screens, [{ tail: 'bye' }]);
    t.strictSame(record?.unit, { name: unit, result: 'signal' });
    t.strictSame(others, []);
  }
});

t.test('why it is not known is told', async (t) => {
  const unread = output({ ...wrote(''), output: null, why: 'it took too long' });
  t.match(of(ended({ death }), unread), [{ screens: [], unit: { unread: 'it took too long' } }]);
});

t.test('it is that of the run which wrote it, and of no session', async (t) => {
  const other = output({ ...wrote('bye'), life: nextLife });
  t.strictSame(of(ended({ death }), other), [deathIn(ended({ death }))]);
  const session = dies({ life });
  t.strictSame(of(session, output(wrote('bye'))), [deathIn(session)]);
});
