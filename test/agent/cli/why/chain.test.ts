import fc from 'fast-check';
import t from 'tap';
import { widthOf } from '../../../../agent/cli/view/width.ts';
import { chainText } from '../../../../agent/cli/why/chain.ts';
import type { Actor } from '../../../../agent/model/events/incident.ts';
import { hostileText } from '../../../exporters/notifier/telegram/format/hostile.ts';
import { actorOf } from './sample-actor.ts';

const chain = (more: Partial<Actor> = {}, columns = 200): string | null =>
  chainText(actorOf(more), columns);
const process = (cmdline: string | null, comm = 'x', pid = 50) => ({ pid, comm, cmdline });

t.test('the unit, what it started, and the actor', async (t) => {
  t.equal(chain(), 'cron.service > sh -c … > cleanup.sh > pkill -9 -f mux');
  t.equal(
    chain({ unit: null }),
    'init > cron > CRON > sh -c … > cleanup.sh > pkill -9 -f mux',
    'without a unit all of the ancestry tells where it came from',
  );
  t.equal(chain({ ancestry: [] }), 'cron.service > pkill -9 -f mux');
  t.equal(chain({ ancestry: [], unit: null }), null, 'nothing of it was seen');
});

t.test('a process is named by what it was given to run', async (t) => {
  const before = (cmdline: string | null, comm?: string): string | undefined =>
    chain({ unit: null, ancestry: [process(cmdline, comm)] })?.split(' > ')[0];
  t.equal(before('/usr/bin/node --inspect /srv/app/server.js', 'MainThread'), 'node server.js');
  t.equal(before('-bash', 'bash'), 'bash', 'a login shell');
  t.equal(before('/bin/bash -e /opt/nightly-backup.sh a', 'nightly-backup.'), 'nightly-backup.sh');
  t.equal(before(null, 'kworker/0:1'), 'kworker/0:1');
  t.equal(before('', 'gone'), 'gone');
  t.equal(before(`/opt/${'x'.repeat(60)}`), `${'x'.repeat(23)}…`);
});

t.test('a script that kills by itself is named by its own name', async (t) => {
  const script = { comm: 'reap.sh', cmdline: '/bin/sh /opt/reap.sh 9', ancestry: [] };
  t.equal(chain(script), 'cron.service > reap.sh');
  t.equal(chain({ comm: 'kill', cmdline: null, ancestry: [] }), 'cron.service > kill');
});

t.test('the daemon of a unit is not said twice', async (t) => {
  const ancestry = [process('/usr/bin/bash', 'bash'), process('sshd: deploy', 'sshd')];
  t.equal(
    chain({ unit: 'ssh@4.service', ancestry }),
    'ssh@4.service > sshd: deploy > bash > pkill -9 -f mux',
  );
  const getty = [process('/usr/bin/bash', 'bash'), process('/sbin/getty -o x', 'getty')];
  t.match(chain({ unit: 'getty@tty1.service', ancestry: getty }), /^getty@tty1.service > getty x/);
  t.match(
    chain({ unit: 'getty@tty1.service', ancestry: [process('/sbin/getty', 'getty')] }),
    /^getty@tty1.service > pkill/,
  );
  t.match(
    chain({ unit: 'user@7.service/bot.service', ancestry: [process('/home/a/bot', 'bot')] }),
    /^user@7\.service\/bot\.\S+ > pkill/,
    'nor is that of a unit of a user',
  );
});

t.test('where it is too long the middle goes', async (t) => {
  t.equal(chain({}, 45), 'cron.service > … > pkill -9 -f mux');
  t.equal(
    chain({ ancestry: [] }, 20),
    'cron.service > pkill -9 -f mux',
    'no middle, no sign of it',
  );
  t.equal(chain({}, 50), 'cron.service > … > cleanup.sh > pkill -9 -f mux');
  const deep = Array.from({ length: 30 }, (_, i) => process(`/bin/p${i}`, `p${i}`, 100 + i));
  const text = chain({ ancestry: deep }, 62) ?? '';
  t.ok(widthOf(text) <= 62, text);
  t.match(text, /^cron.service > … > p\d > .*p0 > pkill -9 -f mux$/, 'those nearest to it stay');
});

t.test('nobody forges a link of the chain', async (t) => {
  const ancestry = [process('/tmp/a>b > systemd', 'a>b')];
  const text = chain({ comm: 'x', cmdline: 'x > init.scope', ancestry }) ?? '';
  t.equal(text, 'cron.service > a›b › > x › init.scope');
  t.equal(text.split(' > ').length, 3);
});

t.test('whatever processes are called, it is one printable line', async (t) => {
  const text = hostileText(12);
  const any = fc.record({
    comm: text,
    cmdline: fc.option(text),
    unit: fc.option(text),
    ancestry: fc.array(fc.record({ pid: fc.nat(), comm: text, cmdline: fc.option(text) })),
  });
  fc.assert(
    fc.property(any, (more) => {
      const made = chain(more, 60) ?? '';
      return !/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(made) && widthOf(made) <= 60;
    }),
  );
  t.pass();
});
