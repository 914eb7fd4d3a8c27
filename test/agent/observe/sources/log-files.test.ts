import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { readEnd } from '../../../../agent/observe/sources/file-end.ts';
import { createLogins } from '../../../../agent/observe/sources/logins.ts';
import { createPackages } from '../../../../agent/observe/sources/packages.ts';
import { loginBytes, utmp } from './login-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'hf-log-files-'));
t.teardown(() => rmSync(directory, { recursive: true }));
const about = { units: [], servers: [] };
const unaborted = new AbortController().signal;

t.test('the end of a file, on whole records', async (t) => {
  const path = join(directory, 'end');
  writeFileSync(path, '0123456789');
  const end = async (...most: [number, number?]) => {
    const { found, cut } = await readEnd(path, ...most);
    return [String(found), cut];
  };
  t.same(await end(100), ['0123456789', null]);
  t.same(await end(3), ['789', 'only the last 3 bytes of end were read']);
  t.match(await end(5, 4), ['89', /5 bytes/], 'it begins at a multiple of 4');
  await t.rejects(readEnd(join(directory, 'none'), 3), { code: 'ENOENT' });
});

const local = (minute: number): number => new Date(2026, 10, 22, 6, minute).getTime();
const stanza = (from: number, to: number | null): string =>
  [
    `\nStart-Date: 2026-11-22  06:${from}:00`,
    'Commandline: /usr/bin/unattended-upgrade',
    'Upgrade: tmux:amd64 (1, 2)',
    ...(to === null ? [] : [`End-Date: 2026-11-22  06:${to}:00`]),
    '',
  ].join('\n');

const logs = (history: string | null, dpkg: string | null): string => {
  const root = mkdtempSync(join(directory, 'log-'));
  mkdirSync(join(root, 'apt'));
  if (history !== null) writeFileSync(join(root, 'apt/history.log'), history);
  if (dpkg !== null) writeFileSync(join(root, 'dpkg.log'), dpkg);
  return root;
};

t.test('runs of apt that overlap the span', async (t) => {
  const source = createPackages(logs(stanza(10, 20) + stanza(30, null) + stanza(40, null), null));
  const begins = async (since: number, until: number) => {
    const facts = await source.ask({ since: local(since), until: local(until) }, about, unaborted);
    return facts.map(({ at }) => at);
  };
  t.same(await begins(15, 16), [local(10)], 'in the middle of one');
  t.same(await begins(21, 29), []);
  t.same(await begins(35, 36), [local(30)], 'one that was broken off lasted until the next');
  t.same(await begins(50, 51), [local(40)], 'the last one still goes on');
});

t.test('of long logs the end is read, and it is said where that is not all', async (t) => {
  const filler = `Commandline: ${'x'.repeat(600_000)}\n`;
  const cuts = async (history: string, since: number) => {
    const span = { since: local(since), until: local(59) };
    const facts = await createPackages(logs(history, null)).ask(span, about, unaborted);
    return facts.flatMap(({ kind, text }) => (kind === 'cut' ? [text] : []));
  };
  const text = 'only the last 524288 bytes of history.log were read';
  t.same(await cuts(filler + stanza(30, 31), 20), [text]);
  t.same(await cuts(filler + stanza(30, 31), 40), [], 'what was cut off is older');
  t.same(await cuts(stanza(30, 31), 20), []);
});

t.test('a new tmux, at the moment it came', async (t) => {
  const dpkg = '2026-11-22 06:15:00 upgrade tmux:amd64 3.3a-3 3.3a-4\n';
  const source = createPackages(logs(null, dpkg));
  t.same(await source.probe(unaborted), { ok: true });
  const ask = (since: number, until: number) =>
    source.ask({ since: local(since), until: local(until) }, about, unaborted);
  t.match(await ask(14, 16), [{ kind: 'package-change', at: local(15), to: '3.3a-4' }]);
  t.same(await ask(16, 17), []);
});

t.test('without the logs it says so', async (t) => {
  const source = createPackages(logs(null, null));
  t.match(await source.probe(unaborted), { ok: false, why: /apt and dpkg/ });
  t.same(await source.ask({ since: 0, until: local(59) }, about, unaborted), []);
});

const logins = (wtmp: string, wtmpdb = join(directory, 'no.db')) =>
  createLogins({ wtmp, wtmpdb }, 'x64');

t.test('logins in the span', async (t) => {
  const path = join(directory, 'wtmp');
  const login = { type: utmp.login, line: 'pts/0', user: 'deploy' };
  const records = [100_000, 200_000, 300_000].map((at) => loginBytes({ ...login, at }));
  writeFileSync(path, Buffer.concat(records));
  t.same(await logins(path).probe(unaborted), { ok: true });
  const facts = await logins(path).ask({ since: 150_000, until: 250_000 }, about, unaborted);
  t.match(facts, [{ kind: 'terminal-login', at: 200_000, user: 'deploy' }]);
  t.equal(facts.length, 1);
});

t.test('a long record of logins is read from its end', async (t) => {
  const path = join(directory, 'long');
  const login = { type: utmp.login, line: 'pts/0', user: 'deploy' };
  const records = Array.from({ length: 5001 }, (_, i) => loginBytes({ ...login, at: i * 1000 }));
  writeFileSync(path, Buffer.concat(records));
  const cuts = async (since: number) => {
    const facts = await logins(path).ask({ since, until: 9e9 }, about, unaborted);
    return facts.filter(({ kind }) => kind === 'cut').length;
  };
  t.equal(await cuts(0), 1);
  t.equal(await cuts(2000), 0, 'what was cut off is older');
});

t.test('where wtmp is not kept it says what is', async (t) => {
  const empty = join(directory, 'empty');
  writeFileSync(empty, '');
  for (const path of [empty, join(directory, 'none')]) {
    t.match(await logins(path).probe(unaborted), { ok: false, why: /nobody keeps wtmp/ });
    t.match(await logins(path, empty).probe(unaborted), { ok: false, why: /in wtmpdb here/ });
  }
  const unreadable = join(empty, 'below-a-file');
  t.match(await logins(unreadable).probe(unaborted), { ok: false, why: /cannot be read/ });
});
