import t from 'tap';
import { restartsAfter, whyUnitEnded } from '../../../agent/explain/unit-end.ts';

const status = (code: number) => ({ status: code, signal: null });
const signal = (number: number) => ({ status: null, signal: number });

t.test('why a unit ended is said by its program, or by what systemd found', async (t) => {
  t.equal(whyUnitEnded('exit-code', status(3)), 'its program exited with status 3');
  t.equal(whyUnitEnded('success', status(0)), 'its program exited with status 0');
  t.equal(whyUnitEnded('signal', signal(9)), 'its program was ended by SIGKILL');
  t.equal(whyUnitEnded('core-dump', signal(11)), 'its program was ended by SIGSEGV');
  t.equal(whyUnitEnded('signal', null), 'how its program ended is not known');
  t.match(whyUnitEnded('oom-kill', signal(9)), /want of memory; its program was ended by SIGKILL/);
  t.match(whyUnitEnded('oom-kill', null), /want of memory$/);
  t.match(whyUnitEnded('watchdog', signal(6)), /WatchdogSec=/);
  t.match(whyUnitEnded('unseen', null), /before systemd could be asked/);
  t.equal(whyUnitEnded('constructor', status(1)), 'its program exited with status 1');
});

t.test('Restart= says after which ends systemd starts it again', async (t) => {
  const results = ['success', 'exit-code', 'signal', 'core-dump', 'watchdog', 'timeout'];
  const covered = (restart: string) => results.filter((result) => restartsAfter(restart, result));
  t.same(covered('always'), results);
  t.same(covered('on-failure'), results.slice(1));
  t.same(covered('on-abnormal'), results.slice(2));
  t.same(covered('on-abort'), ['signal', 'core-dump']);
  t.same(covered('on-watchdog'), ['watchdog']);
  t.same(covered('on-success'), ['success']);
  t.same(covered('no'), []);
  t.same(covered('unknown'), []);
});
