import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import t from 'tap';
import { parseExecArguments } from '../../../../../agent/witness/trace/parse/exec-arguments.ts';
import { parseMarkVictim } from '../../../../../agent/witness/trace/parse/mark-victim.ts';
import { parseProcessExec } from '../../../../../agent/witness/trace/parse/process-exec.ts';
import { parseProcessExit } from '../../../../../agent/witness/trace/parse/process-exit.ts';
import { parseProcessFork } from '../../../../../agent/witness/trace/parse/process-fork.ts';
import { parseSignalGenerate } from '../../../../../agent/witness/trace/parse/signal-generate.ts';
import {
  argumentEvents,
  bytesOf,
  header,
  hostileComm,
  lifeEvents,
  listen,
  pidNumber,
  readAll,
  signalEvents,
  signalText,
  textOf,
} from './kernel.ts';

const probe = 'exec_9f3ac1';
const allEvents = new Map([...signalEvents, ...lifeEvents, ...argumentEvents([probe])]);
const lostLine = 'CPU:1 [LOST 3 EVENTS]\n';
const shown = (comm: string): string => textOf(comm.replace(/^ +/, ''));

const sending = fc.record({
  ...{ sender: hostileComm, tid: pidNumber, victim: hostileComm, pid: pidNumber },
  ...{ signal: fc.integer({ min: 1, max: 64 }), res: fc.nat(3), lossBefore: fc.boolean() },
});

t.test('no name makes another signal, sender or victim of it, nor delays it', async () => {
  fc.assert(
    fc.property(fc.array(sending, { maxLength: 8 }), (sendings) => {
      const { records, feed } = listen(signalEvents);
      for (const [i, { sender, tid, victim, pid, signal, res, lossBefore }] of sendings.entries()) {
        feed(lossBefore ? lostLine : '');
        feed(`${header(sender, tid, 'signal_generate')}${signalText(victim, pid, signal, res)}\n`);
        assert.equal(records.length, i + 1);
        const record = records[i] ?? assert.fail();
        const sent = parseSignalGenerate(record.text);
        assert.deepEqual(
          [record.tid, record.comm, sent?.comm, sent?.pid, sent?.signal],
          [tid, shown(sender), textOf(victim), pid, signal],
        );
        assert.equal(sent?.result, ['delivered', 'ignored', 'pending', 'lost'][res]);
      }
    }),
    { numRuns: 2000 },
  );
});

const oomSizes =
  ' total-vm=53876kB anon-rss=50944kB file-rss:952kB shmem-rss:0kB uid=0 pgtables=144kB oom_score_adj=-9';

t.test('nor another victim of a want of memory', async () => {
  fc.assert(
    fc.property(hostileComm, hostileComm, pidNumber, (running, comm, pid) => {
      const { records, feed } = listen(signalEvents);
      feed(`${header(running, 4, 'mark_victim')}pid=${pid} comm=${comm}${oomSizes}\n`);
      assert.equal(records.length, 1);
      const victim = parseMarkVictim(records[0]?.text ?? '');
      assert.deepEqual(victim, { pid, comm: textOf(comm), anonBytes: 50_944 * 1024 });
    }),
  );
});

const small = fc.oneof(pidNumber, fc.integer({ min: 1, max: 99 }));
const life = fc.record({
  ...{
    kind: fc.constantFrom('fork', 'exec', 'exit', 'old exit'),
    prio: fc.integer({ min: -1, max: 139 }),
  },
  ...{ comm: hostileComm, tid: small, child: small, childComm: hostileComm },
});
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

const lifeLine = ({ kind, comm, tid, child, childComm, prio }: Life): string => {
  const name = kind.replace('old ', '');
  const texts: Record<string, string> = {
    fork: `comm=${comm} pid=${tid} child_comm=${childComm} child_pid=${child}`,
    exec: `filename=/bin/${comm.replaceAll('\n', '?')} pid=${tid} old_pid=${child}`,
    exit: `comm=${comm} pid=${tid} prio=${prio} group_dead=false`,
    'old exit': `comm=${comm} pid=${tid} prio=${prio}`,
  };
  return `${header(comm, tid, `sched_process_${name}`)}${texts[kind]}\n`;
};

t.test('nor another beginning or end', async () => {
  fc.assert(
    fc.property(fc.array(life, { maxLength: 8 }), (lives) => {
      const { records } = readAll(lifeEvents, bytesOf(lives.map(lifeLine).join('')));
      assert.equal(records.length, lives.length);
      for (const [i, { kind, comm, tid, child, childComm }] of lives.entries()) {
        const { text, ...record } = records[i] ?? assert.fail();
        assert.deepEqual([record.tid, record.comm], [tid, shown(comm)]);
        const name = textOf(comm);
        if (kind === 'fork') {
          const told = { pid: tid, comm: name, childPid: child, childComm: textOf(childComm) };
          assert.deepEqual(parseProcessFork(text, tid), told);
        } else if (kind === 'exec') {
          const filename = `/bin/${textOf(comm.replaceAll('\n', '?'))}`;
          assert.deepEqual(parseProcessExec(text, tid), { filename, pid: tid, oldPid: child });
        } else {
          const groupDead = kind === 'exit' ? false : null;
          assert.deepEqual(parseProcessExit(text, tid), { comm: name, pid: tid, groupDead });
        }
      }
    }),
    { numRuns: 2000 },
  );
});

const forged = fc.constantFrom(
  `\n${header('kill', 1, 'signal_generate')}${signalText('a', 1)}\n`,
  `\n${header('kill', 1, 'exec_000000')}(0x1) argc=1 a0="x"\n`,
  '"\n',
  ' a11="x"\n',
  '" a1="',
  '" a2=(fault)',
  '(fault)',
  'argc=9 ',
  '[LINE TOO BIG]',
);
const argument = fc
  .array(fc.oneof(forged, hostileComm), { maxLength: 5 })
  .map((parts) => parts.join(''));

const slots = (values: readonly (string | null)[]): string =>
  Array.from({ length: 12 }, (_, i) => values[i] ?? null)
    .map((value, i) => (value === null ? ` a${i}=(fault)` : ` a${i}="${value}"`))
    .join('');

t.test('arguments make no record, and the environment is never kept', async () => {
  const run = fc.record({
    argv: fc.array(argument, { minLength: 1, maxLength: 14 }),
    env: fc.array(
      argument.map((value) => `SECRET=${value}`),
      { maxLength: 5 },
    ),
    comm: hostileComm,
    tid: pidNumber,
  });
  fc.assert(
    fc.property(fc.array(run, { maxLength: 5 }), (runs) => {
      const lines = runs.map(
        ({ argv, env, comm, tid }) =>
          `${header(comm, tid, probe)}(0x55) argc=${argv.length}${slots([...argv, ...env])}\n`,
      );
      const { records } = readAll(argumentEvents([probe]), bytesOf(lines.join('')));
      assert.deepEqual(
        records.map(({ tid }) => tid),
        runs.map(({ tid }) => tid),
      );
      for (const [i, { text }] of records.entries()) {
        const { argv = [] } = parseExecArguments(text) ?? {};
        assert.ok(argv.length > 0 && argv.length <= (runs[i]?.argv.length ?? 0));
        assert.doesNotMatch(argv.join(''), /SECRET/);
      }
    }),
    { numRuns: 1000 },
  );
});

t.test('any bytes: nothing thrown', async () => {
  const parts = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    hostileComm,
    sending.map(({ sender, tid }) => header(sender, tid, 'signal_generate')),
    life.map(lifeLine),
    argument,
    fc.constantFrom(lostLine, '\n', header('x', 1, probe), '(0x1) argc=2 a0="a" a1='),
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 30 }), (bytes) => {
      const { records } = readAll(allEvents, ...bytes.map(bytesOf));
      for (const { text, tid, at, event } of records) {
        assert.ok(Number.isInteger(tid) && Number.isFinite(at) && allEvents.has(event));
        for (const parse of [parseSignalGenerate, parseMarkVictim, parseExecArguments]) parse(text);
        for (const parse of [parseProcessFork, parseProcessExec, parseProcessExit])
          parse(text, tid);
      }
    }),
    { numRuns: 1000 },
  );
});

const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
};

/** Bytes of the heap in use; text that was read is on it. */
const inUse = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

t.test('10 MB of junk leave next to nothing behind', async (t) => {
  const chunk = Buffer.alloc(65_536, 'x');
  const lines = Buffer.alloc(65_536, 'x\n');
  for (const [what, begun, piece] of [
    ['no newline', '', chunk],
    ['no newline, in a record', header('a', 1, probe), chunk],
    ['lines', '', lines],
    ['lines in a record', header('a', 1, probe), lines],
  ] as const) {
    const { reader, feed, records } = listen(allEvents);
    feed(begun);
    const before = inUse();
    for (let i = 0; i < 160; i += 1) reader.feed(piece);
    t.ok(inUse() - before < 4_000_000, what);
    feed(`\n${header('a', 2, 'signal_generate')}${signalText('b', 3)}\n`);
    t.match(records.at(-1), { tid: 2, text: signalText('b', 3) });
  }
});

t.test('a record that is kept does not keep its chunk', async (t) => {
  const { reader, records } = listen(signalEvents);
  const record = `${header('a-long-name', 1, 'signal_generate')}${signalText('another-name', 3)}\n`;
  const before = inUse();
  for (let i = 0; i < 160; i += 1) reader.feed(bytesOf(`${'x'.repeat(65_000)}\n${record}`));
  t.equal(records.length, 160);
  t.ok(inUse() - before < 4_000_000);
});
