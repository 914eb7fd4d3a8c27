import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { createJournal } from '../../../../agent/observe/sources/journal.ts';
import { createKernelLog } from '../../../../agent/observe/sources/kernel-log.ts';
import { readKmsg } from '../../../../agent/observe/sources/kmsg.ts';
import { type Document, kernel, printed } from './recorded.ts';

const about = { units: [], servers: [] };
const always = { since: 0, until: Number.MAX_SAFE_INTEGER };
const unaborted = new AbortController().signal;
const directory = mkdtempSync(join(tmpdir(), 'hf-kernel-log-'));
t.teardown(() => rmSync(directory, { recursive: true }));

const journalOf = (...documents: Document[]) =>
  createJournal(async () =>
    printed(documents.map((document) => JSON.stringify(document)).join('\n')),
  );
const segfault = 'sleep[7]: segfault at 8 ip 000055a8 sp 00007ffe error 6 in sleep[1132,55a8+1000]';
const ask = (journal = journalOf(), device = join(directory, 'none')) =>
  createKernelLog(journal, device).ask(always, about, unaborted);

t.test('from the journal, where that shows it', async (t) => {
  t.match(await ask(journalOf(kernel(segfault))), [{ kind: 'fault', pid: 7 }]);
});

t.test('what a process wrote into the kernel’s log is not the kernel’s', async (t) => {
  const own = kernel(segfault);
  t.same(await ask(journalOf({ ...own, SYSLOG_FACILITY: '1' })), []);
  t.same(await ask(journalOf({ ...own, SYSLOG_IDENTIFIER: 'systemd' })), []);
  t.same(await ask(journalOf({ ...own, _TRANSPORT: 'syslog' })), []);
});

t.test('else from the device, whose clock begins when the machine starts', async (t) => {
  const device = join(directory, 'kmsg');
  writeFileSync(device, `6,1,1000000,-;${segfault}\n`);
  const [fact] = await ask(journalOf(), device);
  t.match(fact, { kind: 'fault', pid: 7, source: 'kernel-log' });
  const upFor = Date.now() - (fact?.at ?? 0) + 1000;
  const clock = Number(process.hrtime.bigint() / 1_000_000n);
  t.ok(Math.abs(upFor - clock) < 60_000, 'a second after the start');
});

t.test('a buffer that is overwritten from its beginning holds not all', async (t) => {
  const device = join(directory, 'ring');
  const cuts = async (sequence: number, since: number) => {
    writeFileSync(device, `6,${sequence},1000000,-;${segfault}\n`);
    const { cut } = await readKmsg(device, since, unaborted);
    return cut;
  };
  t.equal(await cuts(0, 0), null, 'its first record ever is there');
  t.match(await cuts(7, 0), /^the kernel's buffer held no more/);
  t.equal(await cuts(7, Date.now()), null, 'what is gone is older than what was asked for');
  writeFileSync(device, `6,7,1000000,-;${segfault}\n`);
  const facts = await ask(journalOf(), device);
  t.match(facts, [{ kind: 'fault' }, { kind: 'cut', source: 'kernel-log' }]);
});

t.test('where it cannot be read it says what to do', async (t) => {
  const source = createKernelLog(journalOf(), join(directory, 'none'));
  t.match(await source.probe(unaborted), { ok: false, why: /ENOENT/, advice: /systemd-journal/ });
  await t.rejects(source.ask(always, about, unaborted), { code: 'ENOENT' });
  t.same(await createKernelLog(journalOf(kernel(''))).probe(unaborted), { ok: true });
});

const readable = (() => {
  try {
    accessSync('/dev/kmsg', constants.R_OK);
    return true;
  } catch {
    return false;
  }
})();

t.test(
  'the real device is read to its end and not followed',
  { skip: !readable && 'no /dev/kmsg' },
  async (t) => {
    const { found } = await readKmsg('/dev/kmsg', 0, unaborted);
    t.ok(found.every(({ at }) => at > 0 && at <= Date.now() + 60_000));
    t.match(await readKmsg('/dev/kmsg', 0, AbortSignal.abort()), { found: [] });
  },
);
