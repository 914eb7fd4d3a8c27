import t from 'tap';
import { cutMark } from '../../../../../agent/witness/trace/parse/bytes.ts';
import {
  argumentEvents,
  bytesOf,
  header,
  lifeEvents,
  listen,
  readAll,
  signalEvents,
  signalText,
} from './kernel.ts';

const killed = 'sig=9 errno=0 code=0 comm=sleep pid=15730 grp=1 res=0';
const probe = 'exec_9f3ac1';

t.test('the columns a kernel may print', async (t) => {
  const lines = [
    '            kill-15732   [001] d..1.   755.081965: signal_generate: ',
    '            kill-15732 [001] dN.1 12345.081965: signal_generate: ',
    '            kill-15732   [001]    755.081965: signal_generate: ',
    '            kill-15732   (  15732) [001] d..1.   755.081965: signal_generate: ',
    '            kill-15732   (-------) [0001] DBZff   755.081965: signal_generate: ',
    '            kill-15732   (  15732) [001]    755.081965: signal_generate: ',
    '    tmux: server-15732   [001] d..1.   755.081965: signal_generate: ',
    '           <...>-15732   [001] d..1.   755.081965: signal_generate: ',
    '          <idle>-0       [001] d.h1.   755.081965: signal_generate: ',
  ];
  const { records } = readAll(
    signalEvents,
    bytesOf(lines.map((line) => line + killed).join('\n')),
    bytesOf('\n'),
  );
  t.same(
    records.map(({ tid, comm, at }) => [tid, comm, at]),
    [
      [15732, 'kill', 755_081.965],
      [15732, 'kill', 12_345_081.965],
      ...Array(4).fill([15732, 'kill', 755_081.965]),
      [15732, 'tmux: server', 755_081.965],
      [15732, '<...>', 755_081.965],
      [0, '<idle>', 755_081.965],
    ],
  );
  for (const { event, text } of records) t.same([event, text], ['signal_generate', killed]);
});

t.test('what came as an interrupt is told', async (t) => {
  const flags = ['d..1.', 'd.h1.', 'dNH..', 'D.s2', 'dBZff', '..z1.', 'dN.2.', 'hhDhh', ''];
  const lines = flags.map(
    (one) => `            kill-15732   [001] ${one}   755.081965: signal_generate: ${killed}\n`,
  );
  const { records } = readAll(signalEvents, bytesOf(lines.join('')));
  t.same(
    records.map(({ interrupts = false }) => interrupts),
    [false, true, true, true, true, true, false, false, false],
  );
});

t.test('what is no header begins no record', async (t) => {
  for (const line of [
    'kill-15732   [001] d..1.   755.081965: signal_generate: ',
    '                   kill-15732   [001] d..1.   755.081965: signal_generate: ',
    '0123456789abcdef-15732   [001] d..1.   755.081965: signal_generate: ',
    '            kill-15732   [001] d..1. 755081965: signal_generate: ',
    '            kill-15732   [001] d..1.   755.081965: signal_deliver: ',
    '            kill-15732   [001] d..1.   755.081965: x: signal_generate: ',
    '            kill 15732   [001] d..1.   755.081965: signal_generate: ',
  ])
    t.same(readAll(signalEvents, bytesOf(`${line}${killed}\n`)).records, [], line);
  t.same(readAll(new Map(), bytesOf(header('a', 1, '') + killed)).records, []);
});

t.test('a record comes out with the last byte of its line', async (t) => {
  const { records, feed } = listen(signalEvents);
  const line = `${header('a\nb', 5, 'signal_generate')}${signalText('c\n\nd', 7)}\n`;
  for (const byte of line) {
    t.equal(records.length, 0);
    feed(byte);
  }
  t.match(records, [{ tid: 5, comm: 'a\nb', text: signalText('c\n\nd', 7) }]);
});

t.test('one that may go on waits for the next, or for flush', async (t) => {
  const { records, feed, reader } = listen(lifeEvents);
  const fork = 'comm= child_pid=7\n pid=9 child_comm= child_pid=7\n';
  feed(`${header(' child_pid=7\n', 9, 'sched_process_fork')}${fork}`);
  t.same(records, [], 'the number read last is part of a name');
  feed(' child_pid=12\n');
  t.same(records, [], 'or this is the name of the next');
  reader.flush();
  t.match(records, [{ text: `${fork} child_pid=12` }]);

  const twelve = Array.from({ length: 12 }, (_, i) => ` a${i}="x"`).join('');
  const args = listen(argumentEvents([probe]));
  args.feed(`${header('sh', 3, probe)}(0x1) argc=12${twelve}\n`);
  t.equal(args.records.length, 0);
  args.feed(`more"\n${header('\nsh', 4, probe)}(0x1) argc=12${twelve}\n`);
  t.match(args.records, [{ tid: 3, text: `(0x1) argc=12${twelve}\nmore"` }]);
  args.reader.flush();
  t.match(args.records[1], { tid: 4, comm: '\nsh', text: `(0x1) argc=12${twelve}` });
  args.reader.flush();
  reader.flush();
  t.same([args.records.length, records.length], [2, 1]);
});

t.test('a line that is not finished is left for later', async (t) => {
  const { records, feed, reader } = listen(signalEvents);
  feed(`${header('oom', 5, 'mark_victim')}pid=12`);
  reader.flush();
  t.same(records, []);
  feed('34\n');
  t.match(records, [{ text: 'pid=1234' }]);
});

t.test('losses are told, where a line says nothing else', async (t) => {
  const { records, lost, feed } = listen(signalEvents);
  feed(
    `CPU:0 [LOST 123 EVENTS]\n${header('a', 1, 'signal_generate')}${killed}\nCPU:12 [LOST EVENTS]\n`,
  );
  feed(` CPU:0 [LOST 1 EVENTS]\nCPU:0 [LOST 1 EVENTS] \nCPU:0 [LOST x EVENTS]\n`);
  feed(`CPU:0 [LOST 2 EVENTS]\n${header('\n\na', 2, 'signal_generate')}${killed}\n`);
  t.same(lost, [123, 1, 2]);
  t.match(records, [{ tid: 1 }, { tid: 2, comm: '\n\na' }]);
});

t.test('junk before, between and behind', async (t) => {
  const record = `${header('a', 1, 'signal_generate')}${killed}\n`;
  const { records } = readAll(signalEvents, bytesOf(`half a line\n${record}\n\nx\n${record}tail`));
  t.same(
    records.map(({ text }) => text),
    [killed, killed],
  );
});

t.test('a text too long is cut, and says so', async (t) => {
  const longest = 16_384;
  const place = '(0x1) a0="';
  const begun = `${header('a', 1, probe)}${place}`;
  const of = (text: string) =>
    readAll(argumentEvents([probe]), bytesOf(`${begun}${text}\n`)).records[0]?.text ?? '';
  const fits = 'x'.repeat(longest - place.length);
  t.equal(of(fits), place + fits);
  t.equal(of(`${fits}x`), place + fits + cutMark);
  t.equal(of('x\n'.repeat(longest)).length, longest + cutMark.length);
  const { records } = readAll(
    argumentEvents([probe]),
    bytesOf(
      `${begun}${'x'.repeat(1e6)}\n${'y\n'.repeat(1e5)}${header('\n\n', 2, probe)}(0x1) a0=(fault)\n`,
    ),
  );
  t.match(records, [{ tid: 1 }, { tid: 2, comm: '\n\n', text: '(0x1) a0=(fault)' }]);
});

t.test('it is not asked at each of many lines whether that is all', async (t) => {
  let asked = 0;
  const never = () => {
    asked += 1;
    return false;
  };
  const { records } = readAll(
    new Map([[probe, never]]),
    bytesOf(`${`${header('a', 1, probe)}x\n${'\n'.repeat(5000)}`.repeat(10)}`),
  );
  t.equal(records.length, 10);
  t.ok(asked > 10 && asked <= 10 * 64, String(asked));
});
