import fc from 'fast-check';
import t from 'tap';
import { precededBy } from '../../../../agent/explain/preceded/preceded.ts';
import { hostileText } from '../../../exporters/notifier/telegram/format/hostile.ts';
import { giga, machine, session } from './measured.ts';

const bytes = fc.nat({ max: 2 ** 46 });
const percentage = fc.double({ min: 0, max: 100, noNaN: true });
const time = fc.nat({ max: 2 ** 41 });

const point = fc.record({
  ...{ at: time, memoryTotalBytes: bytes, memoryAvailableBytes: bytes },
  cpuBusy: fc.double({ min: 0, max: 1, noNaN: true }),
  pressure: fc.option(fc.record({ cpu: percentage, memory: percentage, io: percentage })),
});

const death = fc.record({
  session: hostileText(20),
  usage: fc.constant(null),
  usageBefore: fc.array(fc.record({ at: time, rssBytes: bytes, cpu: fc.constant(0) })),
});

t.test('whatever was measured, it is a few short lines of printable text', async (t) => {
  fc.assert(
    fc.property(fc.array(point), fc.array(death, { maxLength: 6 }), (machine, deaths) => {
      const said = precededBy({ machine, deaths });
      return (
        said.length <= 4 &&
        said.every((text) => text.length < 200 && !/\p{Cc}|NaN|Infinity|undefined/u.test(text))
      );
    }),
  );
  t.pass();
});

t.test('what stays as it is and leaves enough is not spoken of', async (t) => {
  const steady = fc.record({
    used: fc.nat({ max: Math.floor(1.79 * giga) }),
    times: fc.nat({ max: 14 }),
  });
  fc.assert(
    fc.property(steady, ({ used, times }) => {
      const same = Array.from({ length: times }, () => used);
      return precededBy({ machine: machine(same), deaths: [session('web', same)] }).length === 0;
    }),
  );
  t.pass();
});

t.test('a machine that fills up is spoken of, however it gets there', async (t) => {
  const way = fc.array(fc.nat({ max: 2 * giga }), { maxLength: 12 });
  fc.assert(
    fc.property(way, (used) =>
      /^(memory of the machine rose from|of the memory of the machine) .* 2\.0G/.test(
        precededBy({ machine: machine([...used, 1.95 * giga]), deaths: [] })[0] ?? '',
      ),
    ),
  );
  t.pass();
});
