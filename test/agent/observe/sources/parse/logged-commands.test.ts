import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { SeenProcess } from '../../../../../agent/model/witnessed.ts';
import {
  beganBy,
  loggedCommands,
} from '../../../../../agent/observe/sources/parse/logged-commands.ts';
import { readEntries } from '../../../../../agent/observe/sources/parse/tmux-log.ts';
import { tmuxWords } from '../../../../../agent/observe/sources/parse/tmux-words.ts';
import type { TmuxLog } from '../../../../../agent/protocol/link.ts';

const at = Date.UTC(2026, 10, 22, 8, 58, 31);

/** As a server two and a half hours east would show it, newest first. */
const logOf = (...lines: string[]): TmuxLog => ({
  ...{ at, clock: '11:28', limit: 1000, cut: false, lines },
  clients: [{ name: '/dev/pts/31', pid: 42 }],
});
const ports = { source: 'tmux-log', server: 'main', see: () => null };
const read = (...lines: string[]) => loggedCommands(logOf(...lines), ports);

t.test(
  'recorded from tmux 3.3a: by a client, a key, the prompt, a hook, another user',
  async (t) => {
    const found = read(
      '11:28: client-31567 command: show-messages',
      '11:28: client-31540 command: kill-session -t d',
      '11:27: /dev/pts/31 key x: kill-pane',
      '11:27: /dev/pts/31 key x: confirm-before -p "kill-pane #P? (y/n)" kill-pane',
      '11:26: /dev/pts/31[bob] key :: kill-session -t "b c"',
      '11:26: /dev/pts/31 command: attach-session -t work',
      '00:01: command: kill-session -t f',
    );
    t.match(found, [
      { client: null, key: null, args: ['-t', 'f'] },
      { client: { name: '/dev/pts/31', user: 'bob', pid: 42 }, key: ':', args: ['-t', 'b c'] },
      { client: { name: '/dev/pts/31', shows: 'work', user: null }, key: 'x', name: 'kill-pane' },
      { client: { name: 'client-31540', pid: 31540, shows: null }, name: 'kill-session' },
    ]);
    const times = found.map((fact) => new Date(fact.at).toISOString().slice(11, 19));
    t.same(times, ['21:31:00', '08:56:00', '08:57:00', '08:58:00'], 'by the minute before');
    t.ok(found.every((fact) => fact.until === fact.at + 59_999));
    t.match(found.at(-1)?.text, /^in that minute client-31540 told tmux: kill-session -t d$/);
  },
);

t.test('what takes nothing away is left out', async (t) => {
  const harmless = [
    ...['kill-session -C -t a', 'respawn-pane -t a', 'link-window -s a -t b', 'list-panes -a'],
    ...['if-shell true "kill-session -t j"', 'display-message "kill-session -t x"'],
  ];
  for (const command of harmless) t.same(read(`11:28: client-1 command: ${command}`), [], command);
  for (const command of ['respawn-pane -k -t a', 'kill-server', 'move-window -dk -t a:1']) {
    t.equal(read(`11:28: client-1 command: ${command}`).length, 1, command);
  }
});

t.test('what a client showed last counts, and only its own', async (t) => {
  const [fact] = read(
    '11:28: client-1 command: kill-pane',
    '11:28: client-2 command: attach-session -t two',
    '11:27: client-1 command: switch-client -t one',
    '11:26: client-1 command: new-session -A -s zero',
  );
  t.equal(fact?.client?.shows, 'one');
});

t.test('a client that is there still, and what has its number by now', async (t) => {
  const clientOf = (comm: string) => {
    const process: SeenProcess = {
      ...{ pid: 1, startTime: 1, comm, cmdline: null, seenBy: 'proc', ancestry: [] },
      ...{ uid: 0, loginUid: null, auditSession: null, cgroup: null },
    };
    const log = logOf('11:28: client-1 command: kill-pane');
    return loggedCommands(log, { ...ports, see: () => process })[0]?.client;
  };
  for (const comm of ['tmux: client', 'my-tmux: client']) {
    t.match(clientOf(comm), { process: { comm } });
  }
  t.match(clientOf('sleep'), { pid: 1, process: null });
});

t.test('other messages, and lines of them, are no commands', async (t) => {
  const lines = [
    '11:28: client-1 message: evil',
    'kill-session -t x',
    'Sat21: client-1 command: kill-session -t x',
    '11:28: client 1 command: kill-session -t x',
    '11:28: client-1 command:kill-session -t x',
  ];
  t.same(read(...lines), []);
});

t.test('texts of others are redacted and printable', async (t) => {
  const secret = `sk-${'a1B2c3D4'.repeat(5)}`;
  const [fact] = read(`11:28: client-1 command: kill-session -t "a\\033[31m ${secret}"`);
  t.notMatch(JSON.stringify(fact), new RegExp(`${secret}|\\\\u001b`));
});

t.test('where the log begins', async (t) => {
  t.equal(
    beganBy(logOf('11:28: client-1 command: ls', '11:20: client-1 command: ls', 'x')),
    at - 31_000 - 7 * 60_000 - 1,
  );
  t.equal(beganBy(logOf('nothing')), null);
});

t.test('anything may stand in a log', async () => {
  const part = fc.constantFrom(
    '11:28: ',
    'client-1',
    ' command: ',
    'kill-pane',
    ' key x: ',
    '"',
    '\\',
    '[',
    ']',
    ' ',
  );
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(part).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      for (const fact of loggedCommands(logOf(...lines), ports)) {
        assert.ok(fact.at <= at && fact.at > at - 86_400_000 - 60_000);
        assert.ok(fact.text.length <= 200 && fact.args.length <= 40);
        assert.doesNotMatch(JSON.stringify(fact), /\\u001b/);
      }
      assert.ok(readEntries(lines, '11:28').length <= lines.length);
    }),
  );
});

t.test('so many words and no more', async (t) => {
  t.equal(tmuxWords('a '.repeat(1000)).length, 40);
});
