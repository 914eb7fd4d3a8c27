import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import { lastResort } from '../../../../exporters/notifier/last-resort/last-resort.ts';
import { messageText } from '../../../../exporters/notifier/last-resort/text.ts';
import type { Fault } from '../../../telegram/faults.ts';
import { retryAfter } from '../../../telegram/faults.ts';
import { shown } from '../../../telegram/ledger.ts';
import { makePlace, type Place, unit } from './place.ts';

const noon = Date.UTC(2026, 10, 20, 12);

/** Time that passes only in sleep. */
const makePorts = () => {
  let time = 0;
  const slept: number[] = [];
  const sleep = async (ms: number): Promise<void> => {
    slept.push(ms);
    time += ms;
  };
  return { now: () => time, sleep, slept };
};

const run = (place: Place, date = noon, ports = makePorts(), env: NodeJS.ProcessEnv = {}) =>
  lastResort({ unit, env: { ...place.env, ...env }, date }, ports);

const textsOf = ({ api }: Place, chat?: number): string[] =>
  api.ledger.of(chat).map((message) => shown(message).text);

t.test('everybody who is paired is told what failed', async (t) => {
  const place = await makePlace(t);
  const env = {
    MONITOR_SERVICE_RESULT: 'exit-code',
    MONITOR_EXIT_CODE: 'exited',
    MONITOR_EXIT_STATUS: '78',
  };
  t.same(await run(place, noon, makePorts(), env), { outcome: 'told', chats: 2, failed: [] });
  const expected = [
    '🔴 vps-1: holdfast-agent.service failed (exit-code: exited 78) and has not come back.',
    'Nothing is watched, and nothing that dies is brought back.',
    'Look: journalctl -u holdfast-agent.service -n 50',
    'This comes from systemd, without agent and notifier.',
  ].join('\n');
  t.same(textsOf(place, 4711), [expected]);
  t.same(textsOf(place, 12), [expected]);
});

t.test('the message of other units', async (t) => {
  const text = (name: string, env = {}): string => messageText('h\x1b[2J', name, env);
  t.match(text('holdfast-tmux@deploy.service'), /^🔴 h: holdfast-tmux@deploy\.service failed and/);
  t.match(text('holdfast-tmux@deploy.service'), /The sessions in it are gone\./);
  t.match(text('holdfast-link@deploy.service'), /are not watched/);
  t.match(
    text('holdfast-notifier.service', { MONITOR_SERVICE_RESULT: 'signal' }),
    /failed \(signal\)/,
  );
  t.equal(text('holdfast-new.service').split('\n').length, 3);
});

t.test('of one unit at most once in ten minutes', async (t) => {
  const place = await makePlace(t);
  await run(place);
  t.same(await run(place, noon + 599_999), { outcome: 'nothing to do', why: 'told before' });
  t.equal(textsOf(place).length, 2);
  t.match(await run(place, noon + 600_000), { outcome: 'told' });
  t.match(await run(place, noon), { outcome: 'told' }, 'the clock was set back');
  const other = { unit: 'holdfast-link@a.service', env: place.env, date: noon };
  t.match(await lastResort(other, makePorts()), { outcome: 'told' });
  const evil = { unit: '../../x', env: place.env, date: noon };
  t.match(await lastResort(evil, makePorts()), { outcome: 'told' });
  const stamps = join(place.env.STATE_DIRECTORY, 'last-resort');
  t.same(readdirSync(stamps).sort(), [unit, 'holdfast-link@a.service']);
  t.equal(statSync(stamps).mode & 0o777, 0o700);
});

t.test('where nobody is paired it ends without a word', async (t) => {
  const place = await makePlace(t);
  const nobody = { outcome: 'nothing to do', why: 'nobody paired' };
  place.write({ chats: [] });
  t.same(await run(place), nobody);
  const env = { STATE_DIRECTORY: '/nonexistent', CREDENTIALS_DIRECTORY: undefined };
  t.same(await run(place, noon, makePorts(), env), nobody);
  t.same(place.api.ledger.requests, []);
});

t.test('what can pass is tried again, for a minute', async (t) => {
  const later: Fault[] = [
    { kind: 'error', code: 502 },
    { kind: 'page', code: 403, moment: 'before' },
    { kind: 'torn', moment: 'before' },
    { kind: 'garbage', moment: 'before' },
  ];
  for (const fault of later) {
    const place = await makePlace(t);
    place.write({ chats: ['4711'] });
    place.api.faults.next('sendMessage', fault, 3);
    const ports = makePorts();
    t.match(await run(place, noon, ports), { outcome: 'told', failed: [] }, JSON.stringify(fault));
    t.same(ports.slept, [1000, 2000, 4000]);
  }
  const place = await makePlace(t);
  place.write({ chats: ['4711'] });
  place.api.faults.next('sendMessage', retryAfter(7));
  const ports = makePorts();
  await run(place, noon, ports);
  t.same(ports.slept, [7000], 'as long as the other side asks for');
  place.api.faults.next('sendMessage', retryAfter(61));
  t.same(await run(place, noon + 1e6), { outcome: 'not told', chats: 1, failed: ['429'] });
  await place.api.goDown();
  const patient = makePorts();
  t.same(await run(place, noon + 2e6, patient), {
    ...{ outcome: 'not told', chats: 1, failed: ['ECONNREFUSED'] },
  });
  t.ok(patient.now() > 40_000 && patient.now() <= 60_000);
  await place.api.comeUp();
  t.match(
    await run(place, noon + 2e6 + 1),
    { outcome: 'told' },
    'who was not told is told next time',
  );
});

t.test('what is final is not tried again, and keeps nobody else from being told', async (t) => {
  const place = await makePlace(t);
  place.write({ chats: ['12345', '4711'] });
  const ports = makePorts();
  t.same(await run(place, noon, ports), { outcome: 'told', chats: 2, failed: ['400'] });
  t.same(ports.slept, []);
  place.api.revokeToken();
  t.same(await run(place, noon + 1e6), { outcome: 'not told', chats: 2, failed: ['401', '401'] });
});

t.test('a group that has become a supergroup is followed', async (t) => {
  const place = await makePlace(t);
  const group = place.api.state.chats.addGroup('ops', []);
  const moved = place.api.state.chats.migrate(group.chat.id);
  place.write({ chats: [String(group.chat.id)] });
  t.same(await run(place), { outcome: 'told', chats: 1, failed: [] });
  t.equal(textsOf(place, moved.chat.id).length, 1);
});

t.test('through a proxy', async (t) => {
  const place = await makePlace(t);
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('{"ok":true}');
  });
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  t.teardown(() => proxy.close());
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const chats = ['4711'];
  place.write({ proxy: address, chats, apiRoot: 'http://api.invalid' });
  t.match(await run(place), { outcome: 'told' });
  t.match(asked[0], /^http:\/\/api\.invalid\/bot/);
  place.write({ proxy: address, chats, apiRoot: 'https://api.invalid' });
  const refused = await run(place, noon + 1e6);
  t.match(refused, { outcome: 'not told', chats: 1 });
  t.equal(asked[1], 'CONNECT api.invalid:443');
  t.notMatch(JSON.stringify(refused), place.api.token.slice(5));
});

t.test('what is wrong with its files is said', async (t) => {
  const place = await makePlace(t);
  const file = join(place.env.STATE_DIRECTORY, 'last-resort.json');
  t.equal(statSync(file).mode & 0o777, 0o600);
  for (const text of [
    '',
    'null',
    '{}',
    '[]',
    '{"apiRoot":"ftp://x","proxy":null,"chats":[],"host":"h"}',
  ]) {
    writeFileSync(file, text);
    await t.rejects(run(place), { code: 'config-damaged' }, text);
  }
  place.write();
  const env = { CREDENTIALS_DIRECTORY: undefined };
  await t.rejects(run(place, noon, makePorts(), env), { code: 'no-token' });
  const token = join(place.env.STATE_DIRECTORY, 'telegram-token');
  writeFileSync(token, 'a token\nwith lines');
  const odd = await run(place);
  t.match(odd, { outcome: 'not told' });
  t.notMatch(JSON.stringify(odd), /token|lines/);
});

t.test('a wait of nothing, or of less, is a second', async (t) => {
  for (const seconds of [0, -1e6, 0.001]) {
    const place = await makePlace(t);
    place.write({ chats: ['4711'] });
    place.api.faults.next('sendMessage', retryAfter(seconds), 3);
    const ports = makePorts();
    t.match(await run(place, noon, ports), { outcome: 'told' });
    t.same(ports.slept, [1000, 1000, 1000], String(seconds));
  }
});

t.test('on a full disk it is memory that knows who was told', async (t) => {
  const place = await makePlace(t);
  const told = { outcome: 'nothing to do', why: 'told before' };
  const memory = t.testdir();
  const env = { RUNTIME_DIRECTORY: memory };
  const again = (date: number) => run(place, date, makePorts(), env);
  t.match(await again(noon), { outcome: 'told' });
  t.same(readdirSync(memory), [], 'while there is room it is on the disk');
  const stamps = join(place.env.STATE_DIRECTORY, 'last-resort');
  rmSync(stamps, { recursive: true });
  // In the way of the directory of the stamps.
  writeFileSync(stamps, '');
  t.match(await again(noon + 1), { outcome: 'told' });
  t.same(await again(noon + 2), told);
  t.match(await again(noon + 600_001), { outcome: 'told' });
  t.same(await again(noon + 600_002), told);
});

t.test('a stamp that is there is used again: that needs no room', async (t) => {
  const place = await makePlace(t);
  await run(place);
  const stamp = join(place.env.STATE_DIRECTORY, 'last-resort', unit);
  writeFileSync(stamp, 'as it was');
  await run(place, noon + 600_000);
  t.equal(readFileSync(stamp, 'utf8'), 'as it was');
  t.equal(statSync(stamp).mtimeMs, noon + 600_000);
});

t.test('a disk that takes nothing keeps nobody from being told', async (t) => {
  const place = await makePlace(t);
  // In the way of the directory of the stamps.
  writeFileSync(join(place.env.STATE_DIRECTORY, 'last-resort'), '');
  t.match(await run(place), { outcome: 'told' });
  t.match(await run(place, noon + 1), { outcome: 'told' });
});
