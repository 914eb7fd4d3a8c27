import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { parseExecArguments } from '../../../../../agent/witness/trace/parse/exec-arguments.ts';
import { parseProcessExec } from '../../../../../agent/witness/trace/parse/process-exec.ts';
import { parseProcessExit } from '../../../../../agent/witness/trace/parse/process-exit.ts';
import { parseProcessFork } from '../../../../../agent/witness/trace/parse/process-fork.ts';
import { parseSignalGenerate } from '../../../../../agent/witness/trace/parse/signal-generate.ts';
import { argumentEvents, lifeEvents, readAll, signalEvents, textOf } from './kernel.ts';

// Recorded with Linux 6.18: processes under hostile names, each killed by another of the same name.
const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../../../fixtures/trace/${name}`, import.meta.url));

/** Who killed whom, written down by the program that had them do it; `comm` is of bytes. */
const told = (name: string): { comm: string; sender: number; victim: number }[] =>
  JSON.parse(fixture(name).toString());

/** The kernel fills the name up with spaces, in front. */
const shownComm = (comm: string): string => textOf(comm).replace(/^ +/, '');

const signals = fixture('signals.txt');
const lives = fixture('lives.txt');
const probes = argumentEvents(['exec_9f3ac14891']);

t.test('each killer with its victim, whatever they call themselves', async (t) => {
  const { records, lost } = readAll(signalEvents, signals);
  const kills = records.flatMap(({ tid, comm, text }) => {
    const sent = parseSignalGenerate(text);
    return sent?.signal === 9 ? [{ tid, comm, sent }] : [];
  });
  t.same(lost, []);
  t.same(
    kills,
    told('signals.json').map(({ comm, sender, victim }) => ({
      tid: sender,
      comm: shownComm(comm),
      sent: {
        ...{ signal: 9, code: 0, comm: textOf(comm), pid: victim },
        ...{ toGroup: true, result: 'delivered' },
      },
    })),
  );
});

t.test('every signal is one record', async (t) => {
  const { records } = readAll(signalEvents, signals);
  t.equal(records.length, signals.toString('latin1').split(': signal_generate: sig=').length - 1);
  for (const { text } of records) t.ok(parseSignalGenerate(text), JSON.stringify(text));
  t.match(
    records.flatMap(({ text }) => parseSignalGenerate(text) ?? []).find(({ code }) => code === -1),
    { signal: 10, result: 'delivered', comm: 'python3' },
    'the one whose siginfo had no room',
  );
});

t.test('beginnings and ends', async (t) => {
  const { records } = readAll(lifeEvents, lives);
  const of = (name: string) => records.filter(({ event }) => event === name);
  const forks = of('sched_process_fork').map(({ text, tid }) => parseProcessFork(text, tid));
  const exits = of('sched_process_exit').map(({ text, tid }) => parseProcessExit(text, tid));
  const execs = of('sched_process_exec').map(({ text, tid }) => parseProcessExec(text, tid));
  t.ok(forks.length > 0 && exits.length > 0 && execs.length > 0);
  for (const { comm, sender, victim } of told('lives.json')) {
    const seen = { comm: textOf(comm), groupDead: true };
    t.same(
      exits
        .filter((exit) => exit?.pid === sender || exit?.pid === victim)
        .map((exit) => exit?.comm),
      [textOf(comm), textOf(comm)],
    );
    const child = forks.find((fork) => fork?.pid === sender);
    t.match(child, { comm: textOf(comm), childComm: textOf(comm) });
    t.match(
      exits.filter((exit) => exit?.pid === child?.childPid),
      [seen],
    );
  }
  for (const exec of execs) t.match(exec, { filename: '/bin/true', oldPid: exec?.pid });
  t.notOk([...forks, ...exits, ...execs].includes(null));
});

t.test('arguments, and never the environment behind them', async (t) => {
  const { records, lost } = readAll(probes, fixture('arguments.txt'));
  const seen = records.map(({ text }) => parseExecArguments(text));
  const script =
    'echo "x"\nkill -9 1\n            kill-1       [001] d..1.   755.081965: signal_generate: ' +
    'sig=9 errno=0 code=0 comm=a pid=1 grp=1 res=0\nend';
  t.same(seen, [
    { argv: ['/bin/kill', '-9', '123'], complete: true },
    { argv: ['sh', '-c', script, ''], complete: true },
    { argv: Array(12).fill('w\n'), complete: false },
    // Its first argument is `a" a1="forged`.
    { argv: ['a', 'forged" a1="日\ufffd'], complete: true },
    { argv: ['c', 'x'.repeat(2999)], complete: true },
    { argv: ['only'], complete: true },
    { argv: ['bprm', '-x'], complete: true },
  ]);
  t.same(lost, [7], 'an argument can feign a loss, and no more');
  t.notMatch(JSON.stringify(seen), /SECRET|TOKEN|ENV|HOME/);
});

t.test('cut into any pieces it is the same', async () => {
  const all = Buffer.concat([signals, fixture('arguments.txt'), lives]);
  const events = new Map([...signalEvents, ...lifeEvents, ...probes]);
  const whole = readAll(events, all);
  assert.ok(whole.records.length > 150);
  const pieces = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(pieces, (sizes) => {
      const chunks: Buffer[] = [];
      for (let at = 0, i = 0; at < all.length; i += 1) {
        const size = sizes[i % sizes.length] ?? 1;
        chunks.push(all.subarray(at, at + size));
        at += size;
      }
      assert.deepEqual(readAll(events, ...chunks), whole);
    }),
  );
});
