import t from 'tap';
import { oomdKill } from '../../../../../agent/observe/sources/parse/oomd-message.ts';
import { anybody, type Document, entryOf } from '../recorded.ts';

const group = '/user.slice/user-1000.slice/user@1000.service/tmux.slice/tmux-spawn-1.scope';

/** The formats are those in the systemd-oomd of systemd 252. */
const pressure: Document = {
  ...{ ...anybody, _COMM: 'systemd-oomd', _UID: '988', _SYSTEMD_UNIT: 'systemd-oomd.service' },
  MESSAGE: `Killed ${group} due to memory pressure for /user.slice/user-1000.slice/user@1000.service being 73.65% > 50.00% for > 20s with reclaim activity`,
};
const kill = (document: Document) => oomdKill(entryOf({ ...pressure, ...document }), 'oomd');

t.test('a kill by pressure, and one because swap was full', async (t) => {
  t.match(kill({}), { kind: 'oomd-kill', source: 'oomd', group, reason: 'pressure' });
  const MESSAGE = `Killed ${group} due to memory used (16384000000) / total (16777216000) and swap used (966367641) / total (1073737728) being more than 90.00%`;
  t.match(kill({ MESSAGE }), { group, reason: 'swap' });
});

t.test('other words are none, and nobody else speaks for it', async (t) => {
  t.equal(kill({ MESSAGE: 'Considered 3 cgroups for killing, top candidates were:' }), null);
  t.equal(kill({ _SYSTEMD_UNIT: 'session-3.scope' }), null);
  t.equal(kill({ _SYSTEMD_UNIT: undefined, SYSLOG_IDENTIFIER: 'systemd-oomd' }), null);
});
