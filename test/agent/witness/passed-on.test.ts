import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { passedPipes, readNotes } from '../../../agent/witness/passed-on.ts';

t.test('pipes that systemd opened', async (t) => {
  const env = { LISTEN_PID: '77', LISTEN_FDS: '3', LISTEN_FDNAMES: 'lives:signals:arguments' };
  t.same(passedPipes(env, 77), { signals: 4, lives: 3, arguments: 5 });
  t.same(passedPipes({ ...env, LISTEN_FDNAMES: 'signals' }, 77), {
    ...{ signals: 3, lives: null, arguments: null },
  });
  for (const other of [{}, { ...env, LISTEN_PID: '78' }, { ...env, LISTEN_FDNAMES: 'lives' }]) {
    t.throws(() => passedPipes(other, 77), { code: 'no-tracing' });
  }
});

t.test('what was noted as the tracing was set up', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'hfw-notes-'));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'notes.json');
  t.throws(() => readNotes(path), { code: 'no-tracing' });
  writeFileSync(path, '{"since":');
  t.throws(() => readNotes(path), { code: 'no-tracing' });
  const notes = { since: 5, bootId: 'x', probes: { kind: 'entries', names: ['entries_1_0'] } };
  const write = (changes: object): void =>
    writeFileSync(path, JSON.stringify({ ...notes, ...changes }));
  write({});
  t.same(readNotes(path, 'x'), notes);
  t.throws(() => readNotes(path, 'y'), { code: 'no-tracing', message: /before the machine/ });
  t.throws(() => readNotes(path), { code: 'no-tracing' }, 'this machine has another');
  write({ probes: null });
  t.equal(readNotes(path, 'x').probes, null, 'a kernel that copies no arguments');
  const others = [
    ...[{ since: '5' }, { since: null }, { bootId: 7 }, { probes: {} }, { probes: 'entries' }],
    ...['entries', [7], ['a b'], ['']].map((names) => ({ probes: { ...notes.probes, names } })),
    { probes: { ...notes.probes, kind: 'other' } },
  ];
  for (const changes of others) {
    write(changes);
    t.throws(() => readNotes(path, 'x'), { code: 'no-tracing' }, JSON.stringify(changes));
  }
  for (const text of ['null', '7', '[]', '{"since":5}']) {
    writeFileSync(path, text);
    t.throws(() => readNotes(path, 'x'), { code: 'no-tracing' }, text);
  }
});
