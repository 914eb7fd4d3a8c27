import fc from 'fast-check';
import t from 'tap';
import { readShown } from '../../../../agent/observe/units/shown.ts';
import { block, down, invocation, shown, unit } from './show.ts';

t.test('a service that runs', async (t) => {
  t.strictSame(shown(), {
    ...{ unit, load: 'loaded', active: 'active', sub: 'running', result: 'success' },
    ...{ restart: 'always', restarts: 0, invocation, pid: 812, exit: null, exitedAt: null },
    ...{ group: `/system.slice/${unit}`, activeSince: 1_795_176_000_000 },
  });
});

t.test('how its program ended', async (t) => {
  t.strictSame(shown(down.crashed).exit, { status: 1, signal: null });
  t.strictSame(shown(down.killed).exit, { status: null, signal: 9 });
  t.strictSame(shown({ ...down.killed, ExecMainCode: '3' }).exit, { status: null, signal: 9 });
  t.match(shown(down.stopped), { pid: null, group: null, activeSince: null });
});

t.test('several units, in the order they were asked for', async (t) => {
  const other = block({ Id: 'other.service', ControlGroup: '/system.slice/other.service' });
  const read = readShown(`${block()}\n${other}`, [unit, 'other.service']);
  t.same(
    read?.map((one) => one.unit),
    [unit, 'other.service'],
  );
  t.equal(readShown(block(), [unit, 'other.service']), null, 'one is missing');
  t.equal(readShown('', [unit]), null);
  t.strictSame(readShown('', []), []);
});

t.test('what it is not is missing: no such unit, or another name of one', async (t) => {
  t.equal(shown(down.missing).load, 'missing');
  t.equal(readShown(block({ Id: 'real.service' }), [unit])?.[0]?.load, 'missing');
});

t.test('what runs is there, whatever became of its file', async (t) => {
  for (const LoadState of ['not-found', 'bad-setting', 'error', 'masked']) {
    t.equal(shown({ LoadState }).load, 'loaded', LoadState);
    t.equal(shown({ LoadState, ActiveState: 'deactivating' }).load, 'loaded', LoadState);
    for (const ActiveState of ['inactive', 'failed', '']) {
      t.equal(shown({ LoadState, ActiveState }).load, 'missing', `${LoadState} ${ActiveState}`);
    }
    t.equal(shown({ LoadState, InvocationID: '' }).load, 'missing', 'it never ran');
    const other = readShown(block({ LoadState, Id: 'real.service' }), [unit]);
    t.equal(other?.[0]?.load, 'missing');
  }
});

t.test('a cgroup that others are in as well is none of its own', async (t) => {
  for (const group of ['/', '', 'system.slice', '/system.slice', `/a/../${unit}`, `x/${unit}`]) {
    t.equal(shown({ ControlGroup: group }).group, null, group);
  }
});

t.test('what does not look like systemd is not taken for it', async (t) => {
  const odd = shown({
    ...{ ActiveState: 'Rm -rf', NRestarts: '-1', InvocationID: 'xyz', MainPID: '1e9' },
    ...{ ActiveEnterTimestamp: 'Mon 2026-11-23', ExecMainStatus: 'x', Result: 'a\tb' },
  });
  t.match(odd, { active: 'unknown', restarts: 0, invocation: '', pid: null, activeSince: null });
  t.match(odd, { exit: null, result: 'unknown' });
});

t.test('anything at all is read or refused, and never throws', async (t) => {
  const line = fc.oneof(
    fc.string(),
    fc.tuple(fc.constantFrom('Id', 'NRestarts', 'ControlGroup', 'Result', '='), fc.string()),
  );
  const text = fc.array(line).map((lines) => lines.map(String).join('\n'));
  fc.assert(
    fc.property(text, fc.array(fc.string(), { maxLength: 3 }), (printed, units) => {
      const read = readShown(printed, units);
      if (read === null) return true;
      return read.every(
        ({ active, result, invocation: id, group }) =>
          /^[a-z][a-z-]*$/.test(active) &&
          /^[a-z][a-z-]*$/.test(result) &&
          (id === '' || id.length === 32) &&
          (group === null || group.startsWith('/')),
      );
    }),
  );
  t.pass();
});
