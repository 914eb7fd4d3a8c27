import t from 'tap';
import type { PastEnd } from '../../../../agent/explain/pattern/past-end.ts';
import { preventionOf } from '../../../../agent/explain/pattern/prevention.ts';
import { type Actor, type Cause, causes } from '../../../../agent/model/events/incident.ts';
import { unitsServer } from '../../../../agent/model/unit-state.ts';
import { cleanup, endAt, pastDeath, start } from './sample-end.ts';

const against = (more: Partial<PastEnd>): string | null => preventionOf(endAt(start, more), []);
const death = pastDeath();
const by = (more: Partial<Actor>, end: Partial<PastEnd> = { death }): string | null =>
  against({ actor: cleanup(more), ...end });

t.test('a part of a command line that matches more than it was meant for', async (t) => {
  const narrow = 'narrow mux in';
  t.equal(by({}), `${narrow} what cron.service runs: systemctl cat cron.service`);
  const server = { scope: 'server', death: null } as const;
  t.match(by({ cmdline: '/usr/bin/pkill -2 mu' }, server), /^narrow mu in what cron\.service runs/);
  t.equal(by({ session: 'api' }), 'narrow mux in session api: pgrep -af -- mux');
  t.equal(by({ unit: null }), 'narrow mux in what cron runs: pgrep -af -- mux');
  const only =
    /^let what cron\.service runs end only what it started: systemctl cat cron\.service$/;
  t.match(by({ cmdline: '/bin/kill -9 4712' }), only, 'by pid');
  t.match(by({ cmdline: 'timeout 60 node mux.js' }), only, 'it ran it');
  t.match(by({ cmdline: null }), only);
  t.match(by({}, { death: pastDeath({ programs: ['node bot.js'] }) }), only);
});

t.test('by what ran the killer', async (t) => {
  const letIt = (where: string, look = 'holdfast why --evidence'): string =>
    `let ${where} end only what it started: ${look}`;
  const said = (more: Partial<Actor>): string | null =>
    by({ cmdline: '/bin/kill -9 4712', ...more });
  const ancestry = [{ pid: 900, comm: 'systemd', cmdline: '/lib/systemd/systemd --user' }];
  const look = 'systemctl --user cat tidy.service';
  t.equal(said({ unit: 'tidy.service', ancestry }), letIt('what tidy.service runs', look));
  const ofUser = 'user@1000.service/tidy.service';
  t.equal(said({ unit: ofUser, ancestry: [] }), letIt(`what ${ofUser} runs`, look));
  t.equal(said({ session: 'api' }), letIt('session api'));
  const login = { unit: 'session-3.scope' };
  t.equal(said(login), letIt('the scripts and jobs of deploy', 'crontab -l -u deploy'));
  t.equal(said({ ...login, user: '-r' }), letIt('the scripts and jobs of that user'));
  t.equal(said({ unit: null }), letIt('what cron runs'));
  t.equal(said({ unit: null, ancestry: [] }), letIt('"kill 4712"'));
});

t.test('commands of tmux', async (t) => {
  const cause = 'tmux-command';
  t.equal(
    by({ cmdline: 'tmux -S /x kill-server' }, { cause, scope: 'server' }),
    'give what cron.service runs a tmux server of its own: tmux -L NAME',
  );
  t.equal(
    by({ cmdline: 'tmux kill-session' }, { cause }),
    'let what cron.service runs name the target of that tmux command (-t): systemctl cat cron.service',
  );
  t.match(against({ cause }), /tmux set -g destroy-unattached off$/);
});

t.test('nobody was seen', async (t) => {
  t.match(against({}), /holdfast doctor$/);
  const regular = [{ kind: 'interval', text: 'every 6h' }] as const;
  t.match(preventionOf(endAt(start), regular), /systemctl list-timers --all$/);
  t.match(preventionOf(endAt(start, { cause: 'unknown' }), regular), /list-timers/);
});

t.test('by the cause', async (t) => {
  t.match(against({ cause: 'oom-cgroup' }), /limits\.memoryMax .+ holdfast reload$/);
  t.match(against({ cause: 'logout' }), /as that user: loginctl enable-linger$/);
  t.match(by({}, { cause: 'unit-stop' }), /KillMode=process for the unit it runs in/);
  t.match(against({ cause: 'socket-lost' }), /\/tmp/);
  t.match(against({ cause: 'program-exit' }), /--session web --type session\.died/);
  t.match(against({ cause: 'program-exit', sessions: ['$(x)'] }), /events --type session\.died/);
  t.equal(against({ cause: 'shutdown' }), null);
  t.equal(against({ cause: 'of a newer release' as Cause }), null);
});

t.test('of units by what systemd can be told', async (t) => {
  const of = (cause: Cause, more: Partial<PastEnd> = {}): string =>
    against({ server: unitsServer, death: pastDeath({ unit: 'gw.service' }), cause, ...more }) ??
    '';
  t.match(of('program-exit'), /journalctl -u gw\.service$/);
  t.match(of('program-exit', { death: null }), /journalctl -u UNIT$/);
  t.match(of('oom-cgroup', { death: pastDeath({ unit: '$(x)' }) }), /MemoryMax= .+ edit UNIT$/);
  t.match(of('oom-system'), /MemoryMax= /);
  t.match(of('oomd'), /ManagedOOMPreference=avoid/);
  t.match(of('rlimit'), /LimitCPU=/);
  t.match(of('unit-stop', { actor: cleanup({ pid: 1 }) }), /WatchdogSec=.+-u gw\.service$/);
  t.match(of('unit-stop', { actor: cleanup() }), /what cron\.service runs/, 'who asked for it');
  t.match(of('signal', { actor: cleanup() }), /what cron\.service runs/);
  for (const cause of causes.filter((one) => one !== 'tmux-command' && one !== 'socket-lost')) {
    t.notMatch(of(cause), /tmux|limits\.|session\.died|KillMode/, cause);
  }
});

t.test('one short sentence each, also where hardly anything is known', async (t) => {
  const bare = { comm: 'x', cmdline: 'x', unit: null, user: null, ancestry: [] };
  for (const cause of causes) {
    for (const actor of [null, cleanup(bare)]) {
      for (const server of ['main', unitsServer]) {
        const text = against({ cause, actor, server }) ?? '';
        t.notMatch(text, /\.$|\. [A-Z]/, cause);
        t.ok(text.length <= 240, cause);
      }
    }
  }
});
