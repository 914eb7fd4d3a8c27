import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import t, { type Test } from 'tap';
import { sessionEntry, unitEntry } from '../../../agent/cli/top/entry.ts';
import { wishesIn } from '../../../agent/cli/top/keys.ts';
import { type Order, ordered, sortKeys } from '../../../agent/cli/top/order.ts';
import { page, type Shown } from '../../../agent/cli/top/page.ts';
import { openScreen } from '../../../agent/cli/view/screen.ts';
import type { SessionStatus } from '../../../agent/model/status/session-status.ts';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import { aBot, aUnit } from '../../exporters/prometheus/document.ts';
import { type FakeAgent, startFakeAgent } from './fake-agent.ts';
import { matchesGolden, terminalOfSize } from './golden.ts';
import { mainFile, plainEnv, runCli } from './run-cli.ts';
import { downSession, eventOf, noon, sessionOf, statusOf } from './sample.ts';

const megabyte = 1024 ** 2;
const byMemory: Order = { by: 'memory', reverse: false };

const limited = sessionOf('api', {
  ...{ rssBytes: 900 * megabyte, memoryBytes: 1900 * megabyte, memoryMaxBytes: 2048 * megabyte },
  ...{ cpu: 0.72, createdAt: noon - 40_000 },
});

const more = (session: SessionStatus, fields: object): SessionStatus => ({ ...session, ...fields });

const failing = { status: 'failed', since: noon, check: 'http', reason: '', checks: [] };

const sessions = [
  ...statusOf().sessions,
  limited,
  more(sessionOf('bot', { rssBytes: 300 * megabyte }), {
    restarts: 3,
    health: failing,
  }),
  more(downSession('looping', 'dead'), { breaker: 'open', restarts: 5 }),
];

const shownOf = (fields: Partial<Shown> = {}): Shown => ({
  document: statusOf({ sessions }),
  ...{ answers: true, order: byMemory, skipped: 0 },
  ...fields,
});

const names = (list: readonly SessionStatus[]): string[] => list.map(({ session }) => session);

const sorted = (list: readonly SessionStatus[], order: Order): SessionStatus[] =>
  ordered(list.map(sessionEntry), order).map(({ source }) => source);

t.test('the page at several widths', async (t) => {
  for (const columns of [140, 80, 40]) {
    const lines = page(shownOf(), noon, terminalOfSize(columns, 20));
    t.ok(lines.every((line) => line.length <= columns));
    matchesGolden(t, `top-${columns}`, lines);
  }
  matchesGolden(t, 'top-colour', page(shownOf(), noon, terminalOfSize(100, 20, true)));
});

t.test('without an answer it says how old everything is', async (t) => {
  const [lost = ''] = page(shownOf({ answers: false }), noon, terminalOfSize(80, 20));
  const [hung = ''] = page(shownOf(), noon + 60_000, terminalOfSize(80, 20));
  t.match(lost, /^the agent does not answer · as of 1s ago/);
  t.match(hung, /^the agent does not answer · as of 1m ago/);
});

t.test('no sessions, no machine, hardly a terminal', async (t) => {
  const document = statusOf({ sessions: [], host: null });
  const lines = page(shownOf({ document }), noon, terminalOfSize(60, 20));
  t.match(lines.join('\n'), /no sessions\n/);
  t.notMatch(lines.join('\n'), /load/);
  for (const rows of [1, 2, 4]) {
    t.ok(page(shownOf(), noon, terminalOfSize(3, rows)).length <= Math.max(2, rows));
  }
});

t.test('what does not fit can be scrolled to', async (t) => {
  const many = Array.from({ length: 50 }, (_, i) => sessionOf(`s${10 + i}`));
  const document = statusOf({ sessions: many });
  const order: Order = { by: 'name', reverse: false };
  const at = (skipped: number): string =>
    page(shownOf({ document, order, skipped }), noon, terminalOfSize(60, 15)).join('\n');
  t.match(at(0), /s10 [\s\S]*s19 [\s\S]*\n1–10 of 50 · by name/);
  t.match(at(7), /s17 [\s\S]*s26 [\s\S]*\n8–17 of 50/);
  t.match(at(99), /s59 .*\n41–50 of 50/);
});

t.test('orders: what needs a person first, what was stopped last', async (t) => {
  const orders = Object.fromEntries(
    sortKeys.map((by) => [by, names(sorted(sessions, { by, reverse: false }))]),
  );
  for (const [by, list] of Object.entries(orders)) {
    t.same(list.slice(0, 2).sort(), ['gateway', 'looping'], by);
    t.equal(list.at(-1), 'notes', by);
  }
  const up = (by: string): string[] => orders[by]?.slice(2, -1) ?? [];
  t.same(up('memory'), ['api', 'bot', 'web', '日本語のボット']);
  t.same(up('cpu'), ['api', '日本語のボット', 'bot', 'web']);
  t.equal(up('age').at(-1), 'api');
  t.same(up('name'), ['api', 'bot', 'web', '日本語のボット']);
  t.equal(up('restarts')[0], 'bot');
  const reversed = names(sorted(sessions, { by: 'name', reverse: true }));
  t.same(reversed.slice(2, -1), ['日本語のボット', 'web', 'bot', 'api']);
});

t.test(
  'what an older agent does not say is left out, and nothing acts on the terminal',
  async (t) => {
    const { restarts: _, breaker: __, held: ___, ...older } = sessionOf('older');
    const odd = more(sessionOf('odd'), {
      health: { ...failing, status: `\x1b[2J${'x'.repeat(100)}` },
      restarts: 4,
    });
    const order: Order = { by: 'name', reverse: false };
    const document = statusOf({ sessions: [odd, older] });
    const lines = page(shownOf({ document, order }), noon, terminalOfSize(160, 20)).slice(4);
    t.match(lines[0], /^odd +up .* x+/);
    t.match(lines[1], /^older +up /);
    t.notMatch(lines.join(''), /\x1b/);
  },
);

const units = [
  aUnit({ startedAt: noon - 7_200_000, bots: [aBot()] }),
  aUnit({
    ...{ name: 'voice', unit: 'voice.service', status: 'failed', breaker: 'open', health: null },
    ...{ startedAt: null, rssBytes: null, cpu: null, restarts: 5, healthRestarts: 0, deaths: 6 },
  }),
  aUnit({ name: 'relay', unit: 'relay.service', bots: [aBot({ needs: 'qr' })], cpu: 0.01 }),
  aUnit({
    ...{ name: 'cron', unit: 'cron-bot.service', status: 'stopped', health: null, deaths: 0 },
    ...{ startedAt: null, rssBytes: null, cpu: null, restarts: null, healthRestarts: 0 },
  }),
];

t.test('units stand beside sessions, in the same orders', async (t) => {
  const document = statusOf({ sessions, units });
  for (const columns of [120, 80]) {
    const lines = page(shownOf({ document }), noon, terminalOfSize(columns, 24));
    t.ok(lines.every((line) => line.length <= columns));
    matchesGolden(t, `top-units-${columns}`, lines);
  }
  const order = (by: Order['by']): string[] =>
    ordered([...units.map(unitEntry), ...sessions.map(sessionEntry)], { by, reverse: false }).map(
      ({ name }) => name,
    );
  for (const by of sortKeys) {
    t.same(order(by).slice(0, 3).sort(), ['gateway', 'looping', 'voice'], by);
    t.same(order(by).slice(-2).sort(), ['cron', 'notes'], by);
  }
  t.equal(order('restarts')[3], 'gateway', 'what systemd did counts with what Holdfast did');
  t.match(order('memory').slice(3, 6), ['api', 'bot', 'gateway']);
});

t.test('units alone, and a systemd that cannot be asked', async (t) => {
  const alone = statusOf({ sessions: [], units });
  const head = (document: StatusDocument): string =>
    page(shownOf({ document }), noon, terminalOfSize(120, 20))[0] ?? '';
  t.match(
    head(alone),
    /^holdfast · \d\d:\d\d:\d\d · units: 2 up, 1 failed, 1 stopped · relay needs/,
  );
  const unseen = [aUnit({ status: 'unknown', startedAt: null, rssBytes: null, cpu: null })];
  const document = statusOf({ units: unseen, unitsUnseen: 'systemctl is not installed' });
  t.match(head(document), / · units: 1 unknown · systemd cannot be asked$/);
  t.notMatch(head(statusOf({ unitsUnseen: 'systemctl is not installed' })), /systemd/);
  const lines = page(shownOf({ document: alone }), noon, terminalOfSize(80, 6));
  t.match(lines.at(-1), /^1–1 of 4 · /, 'those that do not fit can be scrolled to');
});

t.test('keys', async (t) => {
  t.same(wishesIn('mCq'), [
    { kind: 'sort', by: 'memory' },
    { kind: 'sort', by: 'cpu' },
    { kind: 'quit' },
  ]);
  t.same(wishesIn('\x1b[A\x1bOB\x1b[6~\x1b[H\x1b[F\x03'), [
    { kind: 'scroll', lines: -1 },
    { kind: 'scroll', lines: 1 },
    { kind: 'page', pages: 1 },
    { kind: 'edge', to: 'top' },
    { kind: 'edge', to: 'bottom' },
    { kind: 'quit' },
  ]);
  t.same(wishesIn('\x1b[15;2~xyz€\x1b'), [], 'what means nothing is left out');
  t.same(wishesIn('toString'), [
    { kind: 'sort', by: 'restarts' },
    { kind: 'sort', by: 'name' },
  ]);
});

t.test('only lines that changed are written', async (t) => {
  const written: string[] = [];
  const screen = openScreen({ write: (text) => written.push(text) });
  const drawn = (lines: string[]): string => {
    written.length = 0;
    screen.draw(lines);
    return written.join('');
  };
  drawn(['a', 'b', 'c']);
  t.equal(drawn(['a', 'b', 'c']), '', 'nothing new, nothing written');
  t.equal(drawn(['a', 'B', 'c']), '\x1b[?2026h\x1b[2;1HB\x1b[K\x1b[?2026l');
  t.equal(
    drawn(['a']),
    '\x1b[?2026h\x1b[2;1H\x1b[K\x1b[3;1H\x1b[K\x1b[?2026l',
    'what is below is cleared',
  );
  screen.forget();
  t.match(drawn(['a']), /\x1b\[2J\x1b\[1;1Ha/, 'forgotten: drawn whole');
  screen.close();
  written.length = 0;
  screen.close();
  screen.draw(['late']);
  t.same(written, [], 'closed once, and nothing is drawn after that');
});

/** `holdfast top` in a terminal that is really one, and what it shows. */
const openTop = (
  t: Test,
  { home }: FakeAgent,
  env: NodeJS.ProcessEnv = {},
  args: string[] = [],
) => {
  const screen = new xterm.Terminal({ cols: 100, rows: 24, allowProposedApi: true });
  let sent = '';
  let onDrawn = (): void => undefined;
  const pty = spawn(process.execPath, [mainFile, 'top', '--home', home, ...args], {
    ...{ cols: 100, rows: 24, name: 'xterm-256color' },
    env: plainEnv({ TERM: 'xterm-256color', ...env }),
  });
  pty.onData((data) => {
    sent += data;
    screen.write(data, () => onDrawn());
  });
  const exited = new Promise<{ exitCode: number }>((resolve) => pty.onExit(resolve));
  t.teardown(async () => {
    pty.kill('SIGKILL');
    await exited;
  });
  const text = (): string => {
    const { active } = screen.buffer;
    const lines = Array.from({ length: screen.rows }, (_, i) =>
      active.getLine(active.baseY + i)?.translateToString(true, 0, screen.cols),
    );
    return lines.join('\n');
  };
  const until = (pattern: RegExp): Promise<void> =>
    new Promise((resolve) => {
      onDrawn = () => {
        if (pattern.test(text())) resolve();
      };
      onDrawn();
    });
  const untilSent = (pattern: RegExp): Promise<void> =>
    new Promise((resolve) => {
      onDrawn = () => {
        if (pattern.test(sent)) resolve();
      };
      // What was sent is drawn a moment later, in its order.
      screen.write('', () => onDrawn());
    });
  const resize = (columns: number, rows: number): void => {
    screen.resize(columns, rows);
    pty.resize(columns, rows);
  };
  return { pty, screen, exited, until, untilSent, text, resize, sent: () => sent };
};

const restored = /\x1b\[\?7h\x1b\[\?25h\x1b\[\?1049l$/;

const current = (list: SessionStatus[] = sessions, more: Partial<StatusDocument> = {}) =>
  statusOf({ writtenAt: Date.now(), sessions: list, ...more });

t.test('live: keys sort, the terminal may change its size, q leaves it as it was', async (t) => {
  const top = openTop(t, await startFakeAgent(t, { status: () => current() }));
  await top.until(/holdfast · \d\d:\d\d:\d\d · 4 up[\s\S]*api[\s\S]*bot[\s\S]*by memory/);
  t.equal(top.screen.buffer.active.type, 'alternate');
  top.pty.write('n');
  await top.until(/by name · m c a n r · q quits/);
  top.pty.write('n');
  await top.until(/web[\s\S]*bot[\s\S]*api[\s\S]*by name ↑/);
  top.resize(40, 12);
  await top.until(/^NAME +STATE +MEM +CPU +LIMIT$/m);
  top.resize(40, 10);
  await top.until(/\n1–5 of 7 · by name/);
  top.pty.write('\x1b[B\x1b[B');
  await top.until(/\n3–7 of 7 · by name/);
  top.pty.write('q');
  t.match(await top.exited, { exitCode: 0 });
  await top.untilSent(restored);
  t.equal(top.screen.buffer.active.type, 'normal');
});

t.test('live: units are scrolled to as sessions are', async (t) => {
  const status = () => current(sessions, { units });
  const top = openTop(t, await startFakeAgent(t, { status }), {}, ['--sort', 'name']);
  await top.until(/4 up, 2 dead, 1 stopped · units: 2 up, 1 failed, 1 stopped/);
  top.resize(100, 10);
  await top.until(/\n1–5 of 11 · by name/);
  top.pty.write('\x1b[F');
  await top.until(/cron +stopped[\s\S]*notes +stopped.*\n7–11 of 11/);
  top.pty.write('q');
  t.match(await top.exited, { exitCode: 0 });
});

t.test('live: Ctrl-C and a signal leave the terminal as it was', async (t) => {
  const agent = await startFakeAgent(t, { status: () => current() });
  for (const end of ['\x03', 'SIGTERM', 'SIGHUP']) {
    const top = openTop(t, agent, { NO_COLOR: '1' });
    await top.until(/by memory/);
    if (end.startsWith('SIG')) top.pty.kill(end);
    else top.pty.write(end);
    t.match(await top.exited, { exitCode: 0 }, end);
    await top.untilSent(restored);
    t.notMatch(top.sent(), /\x1b\[[\d;]*m/, 'no colours with NO_COLOR');
  }
});

t.test('live: it follows the agent, through its absence', async (t) => {
  let list = sessions;
  const agent = await startFakeAgent(t, { status: () => current(list) });
  const top = openTop(t, agent);
  await top.until(/4 up, 2 dead/);
  list = [sessionOf('fresh')];
  agent.tell(eventOf(421, 'link.lost', { owner: 'ada' } as never));
  await top.until(/1 up[\s\S]*fresh/);
  const asked = (): number =>
    agent.calls.filter(({ method }) => method === 'events.subscribe').length;
  const before = asked();
  agent.drop();
  await top.untilSent(/the agent does not answer/);
  await top.until(/holdfast · .* · 1 up/);
  t.ok(asked() > before, 'it came back');
  top.pty.write('q');
  t.match(await top.exited, { exitCode: 0 });
});

t.test('live: names cannot write to the terminal', async (t) => {
  const evil = 'x\x1b]0;owned\x07\x1b[2J\x1b[31m\u202e\u009b5mend';
  const list = [sessionOf(evil, { server: evil, command: evil })];
  const top = openTop(t, await startFakeAgent(t, { status: () => current(list) }));
  let title = '';
  top.screen.onTitleChange((text) => {
    title = text;
  });
  await top.until(/xend +up/);
  t.equal(title, '');
  t.equal(top.sent().split('\x1b[2J').length, 2, 'cleared once, by us');
  t.notMatch(top.sent(), /\x1b\]|\u202e|\u009b|\x1b\[31m/);
  top.pty.write('q');
  await top.exited;
});

t.test('one table: without a terminal, with --once, as JSON', async (t) => {
  const agent = await startFakeAgent(t, { status: () => current(sessions, { units }) });
  const run = (...args: string[]) => runCli(['top', '--home', agent.home, ...args]);
  const [piped, sorted, json, wrong] = await Promise.all([
    run(),
    run('--sort', 'name'),
    run('--json', '--sort', 'cpu'),
    run('--sort', 'size'),
  ]);
  t.match(piped, {
    code: 0,
    stderr: '',
    stdout: /^holdfast · .*\n.*\n\nNAME .*\n(looping|gateway)/,
  });
  t.notMatch(piped.stdout, /\x1b|quits/);
  t.match(sorted.stdout, /api[\s\S]*bot[\s\S]*web/);
  const document = JSON.parse(json.stdout);
  t.match(document, { schema: 1, source: 'agent', host: { load: [0.52, 0.4, 0.31] } });
  t.same(names(document.sessions).slice(2, 4), ['api', '日本語のボット']);
  t.same(
    document.units.map(({ name }: { name: string }) => name),
    ['voice', 'gateway', 'relay', 'cron'],
  );
  t.match(wrong, { code: 64, stderr: /--sort takes memory, cpu, age, name, restarts, got "size"/ });
  const once = openTop(t, agent, {}, ['--once']);
  t.match(await once.exited, { exitCode: 0 });
  t.notMatch(once.sent(), /\x1b\[\?1049h/);
  t.match(once.sent(), /notes/);
});

t.test('without an agent and without a state file it says so', async (t) => {
  const ran = await runCli(['top', '--home', '/nonexistent-home']);
  t.match(ran, { code: 69, stdout: '', stderr: /the agent is not running/ });
});
