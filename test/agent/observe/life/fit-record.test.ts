import t from 'tap';
import type { DeathRecord } from '../../../../agent/model/events/death.ts';
import { jsonBytes } from '../../../../agent/model/json-size.ts';
import { fitRecord } from '../../../../agent/observe/life/fit-record.ts';
import { at, death } from '../../explain/sample-death.ts';

/** A control character takes six bytes of JSON. */
const wide = (length: number): string => '\u0001'.repeat(length);
const longName = '会'.repeat(333);

const pane = { id: '%1', pid: 1, startTime: 1, exit: null, historyLines: 0, command: wide(200) };
const screen = {
  pane: '%1',
  blob: 'b'.repeat(64),
  lines: 200,
  bytes: 65_536,
  takenAt: at,
  tail: wide(600),
};
const processes = (count: number) =>
  Array.from({ length: count }, (_, pid) => ({ pid, command: wide(60), rssBytes: 1, cpu: 0 }));
const host: NonNullable<DeathRecord['host']> = {
  ...{
    at,
    load: [1, 2, 3],
    memoryTotalBytes: 1,
    memoryAvailableBytes: 1,
    cpuBusy: 0.1,
    pressure: null,
  },
  processes: processes(20),
};

t.test('what fits is left as it is', async (t) => {
  const small = death({ panes: [pane], screens: [{ ...screen, tail: 'short' }], others: ['web'] });
  t.equal(fitRecord(small), small);
});

t.test('what is least needed is cut first, and no more than is needed', async (t) => {
  const trimmed = (changes: Partial<DeathRecord>) => fitRecord(death(changes)).trimmed;
  t.strictSame(trimmed({ host }), ['host.processes']);
  const many = { host: { ...host, processes: processes(8) }, screens: [screen, screen] };
  t.strictSame(trimmed(many), ['screens.tail']);
  t.strictSame(trimmed({ panes: Array(7).fill(pane) }), ['panes']);
  t.strictSame(trimmed({ others: Array(20).fill(longName) }), ['others']);
});

t.test('the fullest record fits, and says what was cut', async (t) => {
  const names = { session: longName, tmuxName: longName, server: 'x'.repeat(40) };
  const leader = {
    ...{ at, ageMs: 2 ** 40, handles: [1, 2, 3, 10, 12, 15, 24], cpuSoft: 2 ** 50 },
    ...{ cpuHard: 2 ** 50, fileSize: 2 ** 50, cpuMs: 2 ** 50, cpuAt: at },
  };
  const full = death({
    ...{
      ...names,
      host,
      panes: Array(8).fill({ ...pane, leader }),
      screens: Array(8).fill(screen),
    },
    others: Array(20).fill(longName),
    lastCommand: { text: wide(200), source: 'foreground' },
    usage: { at, rssBytes: 2 ** 50, cpu: 0.123, processes: 1000 },
  });
  const fitted = fitRecord(full);
  t.ok(jsonBytes(fitted) <= 7600, `${jsonBytes(fitted)} bytes`);
  t.strictSame(fitted.trimmed, [
    'host.processes',
    'screens.tail',
    'panes',
    'others',
    'host',
    'commands',
  ]);
  t.match(fitted, { ...names, host: null, others: [], lastCommand: { text: wide(60) } });
  t.equal(fitted.panes.length, 2);
  t.equal(fitted.panes[0]?.command, wide(60));
  t.equal(fitted.screens.length, 2);
  t.equal(full.panes.length, 8, 'the one given is left as it is');
});
