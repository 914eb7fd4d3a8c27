import t from 'tap';
import { coreDump } from '../../../../../agent/observe/sources/parse/core-dump.ts';
import { anybody, type Document, entryOf } from '../recorded.ts';

/** The fields are those of systemd-coredump 252 (src/coredump/coredump.c); it writes as the user of the crash. */
const crash: Document = {
  ...{ ...anybody, _COMM: 'systemd-coredum', _SYSTEMD_UNIT: 'systemd-coredump@4-1864-0.service' },
  ...{ MESSAGE_ID: 'fc2e22bc6ee647b6b90729ab34a250b1', COREDUMP_PID: '1864' },
  ...{ COREDUMP_COMM: 'node', COREDUMP_SIGNAL: '11', COREDUMP_SIGNAL_NAME: 'SIGSEGV' },
  ...{ COREDUMP_UID: '1000', COREDUMP_EXE: '/usr/bin/node', COREDUMP_UNIT: 'session-3.scope' },
  ...{ COREDUMP_TIMESTAMP: '1795274339000000', MESSAGE: 'Process 1864 (node) of user 1000 …' },
};
const dump = (document: Document) => coreDump(entryOf({ ...crash, ...document }), 'core-dumps');

t.test('a crash, at the time it crashed', async (t) => {
  t.same(dump({}), {
    ...{ kind: 'core-dump', at: 1795274339000, source: 'core-dumps', pid: 1864, comm: 'node' },
    ...{ signal: 11, uid: 1000, exe: '/usr/bin/node', unit: 'session-3.scope' },
    text: 'node (pid 1864) dumped core: SIGSEGV',
  });
  t.match(dump({ COREDUMP_TIMESTAMP: 'soon' }), { at: 1795274341112 });
  t.match(dump({ COREDUMP_USER_UNIT: 'app.service' }), { unit: 'app.service' });
});

t.test('without a pid or a signal it says nothing', async (t) => {
  t.equal(dump({ COREDUMP_PID: '-1' }), null);
  t.equal(dump({ COREDUMP_SIGNAL: undefined }), null);
  t.equal(dump({ MESSAGE_ID: '5aadd8e954dc4b1a8c954d63fd9e1137' }), null);
});

t.test('nobody else speaks for it', async (t) => {
  for (const unit of ['session-3.scope', 'user@1000.service', 'x-systemd-coredump@1.service']) {
    t.equal(dump({ _SYSTEMD_UNIT: unit }), null, unit);
  }
  t.equal(dump({ _SYSTEMD_UNIT: undefined, _COMM: 'systemd-coredum' }), null);
});
