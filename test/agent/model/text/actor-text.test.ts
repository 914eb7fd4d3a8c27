import fc from 'fast-check';
import t from 'tap';
import type { Actor, Confidence } from '../../../../agent/model/events/incident.ts';
import { actorHeadline } from '../../../../agent/model/text/actor-text.ts';
import { headlineText } from '../../../../agent/model/text/headline.ts';
import { printable } from '../../../../agent/model/text/printable.ts';
import { hostileText } from '../../../exporters/notifier/telegram/format/hostile.ts';
import { actorOf } from '../../cli/why/sample-actor.ts';

const said = (more: Partial<Actor> = {}, confidence: Confidence = 'certain'): string =>
  headlineText(actorHeadline({ actor: actorOf(more), confidence }) ?? []);

t.test('who did it, in one line', async (t) => {
  t.equal(said(), 'by pkill -9 -f mux (pid 4711), run by cleanup.sh, cron.service');
  t.match(said({}, 'likely'), /^likely by pkill /);
  t.match(said({}, 'possible'), /^possibly by pkill /);
  const parts = actorHeadline({ actor: actorOf(), confidence: 'certain' });
  t.strictSame(
    parts?.filter((part) => typeof part !== 'string'),
    [{ name: 'pkill -9 -f mux' }, { name: 'cleanup.sh' }, { name: 'cron.service' }],
  );
  t.equal(actorHeadline({ actor: null, confidence: 'certain' }), null, 'nobody is named');
  t.equal(actorHeadline({ confidence: 'certain' }), null, 'a verdict of an older release');
});

t.test('what of it was not seen is left out', async (t) => {
  const bare = { unit: null, session: null, ancestry: [] };
  t.equal(said({ ...bare, cmdline: null }), 'by pkill (pid 4711)');
  t.equal(said({ ...bare, cmdline: '', comm: '' }), 'by a process without a name (pid 4711)');
  const init = [{ pid: 1, comm: 'systemd', cmdline: '/sbin/init' }];
  t.equal(said({ ancestry: init }), 'by pkill -9 -f mux (pid 4711), cron.service');
  t.equal(said({ ...bare, ancestry: init }), 'by pkill -9 -f mux (pid 4711), run by init');
  const shell = [{ pid: 9, comm: 'bash', cmdline: '-bash' }];
  t.match(said({ ancestry: shell }), /, run by bash, cron\.service$/);
});

t.test('a session of ours takes the place of the unit', async (t) => {
  t.match(said({ session: 'web' }), /, run by cleanup\.sh, from session web$/);
});

t.test('nothing in it is obeyed by a terminal, and it is one line of bounded length', async (t) => {
  fc.assert(
    fc.property(hostileText(), hostileText(), hostileText(), (cmdline, comm, unit) => {
      const ancestry = [{ pid: 7, comm, cmdline }];
      const text = said({ cmdline, comm, unit, ancestry });
      t.equal(text, printable(text));
      t.ok(text.length < 400, text);
      t.notMatch(text, /[\n\u202e\u2028\x1b]/);
    }),
    { numRuns: 200 },
  );
  const [, name] = actorHeadline({
    actor: actorOf({ cmdline: `x ${'\ud83d\ude00'.repeat(200)}` }),
    confidence: 'certain',
  }) ?? [''];
  t.match(name, { name: /^x (\ud83d\ude00)+…$/u }, 'no half of a character is left');
});
