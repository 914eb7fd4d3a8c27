import t from 'tap';
import { emptyState } from '../../../../agent/model/state.ts';
import type { Known } from '../../../../agent/observe/units/known.ts';
import { isOfDeclared, unitOfProcess } from '../../../../agent/observe/units/unit-of-process.ts';
import { after } from '../../model/sample.ts';
import { ended, life, unitUp, withUnit } from '../../model/unit-sample.ts';
import { shown, unit } from './show.ts';

const main = { pid: 812, startTime: 7000 };
const knownAs = (changes: Partial<Known> = {}) =>
  new Map<string, Known>([
    ['gateway', { shown: shown(), at: 0, main, measured: null, ...changes }],
  ]);
const group = `/system.slice/${unit}`;
const line = [{ pid: 900, startTime: 8000 }];

t.test('whoever is in the cgroup of a unit speaks for it', async (t) => {
  for (const inside of [group, `${group}/workers`]) {
    const home = unitOfProcess(unitUp, knownAs(), { line, group: inside });
    t.match(home, { life, session: 'gateway' }, inside);
  }
  for (const outside of ['/', '/system.slice', `${group}x`, `${group}/../ssh.service`, null]) {
    t.equal(unitOfProcess(unitUp, knownAs(), { line, group: outside }), null, String(outside));
  }
});

t.test('so do its main process and what comes from it, where no cgroup can be seen', async (t) => {
  const known = knownAs({ shown: shown({ ControlGroup: '' }) });
  t.match(unitOfProcess(unitUp, known, { line: [...line, main], group }), { life });
  const reused = [{ pid: main.pid, startTime: 9000 }];
  t.equal(unitOfProcess(unitUp, known, { line: reused, group: null }), null, 'not by its number');
  const gone = knownAs({ shown: shown({ ControlGroup: '' }), main: null });
  t.equal(unitOfProcess(unitUp, gone, { line: [main], group: null }), null);
});

t.test('a unit that is not up, or was not looked at, has no voice', async (t) => {
  t.equal(unitOfProcess(after(unitUp, ended()), knownAs(), { line, group }), null);
  t.equal(unitOfProcess(unitUp, new Map(), { line, group }), null);
  t.equal(unitOfProcess(emptyState(), knownAs(), { line, group }), null);
  t.equal(unitOfProcess({}, knownAs(), { line, group }), null);
});

t.test(
  'who speaks before his unit is known to be up is of a declared one by his cgroup',
  async (t) => {
    for (const inside of [group, `${group}/workers`])
      t.ok(isOfDeclared(withUnit, { group: inside }));
    for (const other of ['/', '/system.slice/ssh.service', `${group}x`, null]) {
      t.notOk(isOfDeclared(withUnit, { group: other }), String(other));
    }
    t.notOk(isOfDeclared(emptyState(), { group }));
    t.notOk(isOfDeclared({}, { group }));
  },
);
