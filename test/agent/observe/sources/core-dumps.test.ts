import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { createCoreDumps } from '../../../../agent/observe/sources/core-dumps.ts';
import { createJournal } from '../../../../agent/observe/sources/journal.ts';
import { anybody, manager, printed } from './recorded.ts';

const directory = mkdtempSync(join(tmpdir(), 'hf-core-dumps-'));
t.teardown(() => rmSync(directory, { recursive: true }));
const unaborted = new AbortController().signal;
const pattern = (text: string): string => {
  const path = join(directory, 'core_pattern');
  writeFileSync(path, `${text}\n`);
  return path;
};
const saying = (...documents: object[]) =>
  createJournal(async () =>
    printed(documents.map((document) => JSON.stringify(document)).join('\n')),
  );

t.test('only where systemd takes the dumps there is something to read', async (t) => {
  const probe = (text: string, journal = saying(manager)) =>
    createCoreDumps(journal, pattern(text)).probe(unaborted);
  t.same(await probe('|/usr/lib/systemd/systemd-coredump %P %u %g %s %t 9223372036854775808 %h'), {
    ok: true,
  });
  t.match(await probe('core'), { ok: false, advice: /apt install systemd-coredump/ });
  t.match(await probe('|/usr/lib/systemd/systemd-coredump', saying()), {
    ok: false,
    why: /journal/,
  });
});

t.test('a dump that took long to write belongs to when it crashed', async (t) => {
  const at = 1795274339000;
  const written = {
    ...{ ...anybody, _SYSTEMD_UNIT: 'systemd-coredump@4-1864-0.service', COREDUMP_PID: '1864' },
    ...{ MESSAGE_ID: 'fc2e22bc6ee647b6b90729ab34a250b1', COREDUMP_SIGNAL: '11' },
    ...{ COREDUMP_COMM: 'node', COREDUMP_TIMESTAMP: `${at}000` },
    _SOURCE_REALTIME_TIMESTAMP: `${at + 20_000}000`,
  };
  const ask = (since: number, until: number) =>
    createCoreDumps(saying(written)).ask({ since, until }, { units: [], servers: [] }, unaborted);
  t.match(await ask(at - 1000, at + 1000), [{ at, comm: 'node', signal: 11 }]);
  t.same(await ask(at + 10_000, at + 30_000), []);
});
