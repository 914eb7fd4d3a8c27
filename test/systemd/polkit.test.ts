import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import t from 'tap';

type Rule = (action: object, subject: object) => string | undefined;

const text = readFileSync(join(import.meta.dirname, '../../systemd/50-holdfast.rules'), 'utf8');
const rules: Rule[] = [];
runInNewContext(text, {
  polkit: {
    Result: { YES: 'yes', NO: 'no', NOT_HANDLED: 'not handled' },
    addRule: (rule: Rule) => rules.push(rule),
  },
});

const ask = (user: string, unit: string | undefined, verb: string, id = 'manage-units') =>
  rules[0]?.(
    {
      id: `org.freedesktop.systemd1.${id}`,
      lookup: (key: string) => (key === 'unit' ? unit : verb),
    },
    { user },
  );

t.test('the agent may start and reload a tmux server', async (t) => {
  t.equal(rules.length, 1);
  for (const verb of ['start', 'reload']) {
    t.equal(ask('holdfast', 'holdfast-tmux@deploy.service', verb), 'yes', verb);
  }
  t.equal(ask('holdfast', 'holdfast-tmux@web-1.x_y.service', 'start'), 'yes');
});

t.test('it may nothing else', async (t) => {
  t.equal(ask('holdfast', 'holdfast-tmux@deploy.service', 'stop'), 'no');
  t.equal(ask('holdfast', 'holdfast-tmux@deploy.service', 'restart'), 'no');
  t.equal(ask('holdfast', 'holdfast-tmux@root.service', 'start'), 'no');
  t.equal(ask('holdfast', 'holdfast-tmux@holdfast.service', 'start'), 'no');
  t.equal(ask('holdfast', 'holdfast-tmux@holdfast-exporter.service', 'start'), 'no');
  t.equal(ask('holdfast', 'holdfast-tmux@holdfaster.service', 'start'), 'yes');
  t.equal(ask('holdfast', 'holdfast-tmux@a\\x2fb.service', 'start'), 'no');
  t.equal(ask('holdfast', 'holdfast-tmux@a.service.d/x.service', 'start'), 'no');
  t.equal(ask('holdfast', 'holdfast-tmux@a.service\nx', 'start'), 'no');
  t.equal(ask('holdfast', 'xholdfast-tmux@deploy.service', 'start'), 'no');
  t.equal(ask('holdfast', 'ssh.service', 'restart'), 'no');
  t.equal(ask('holdfast', undefined, 'start'), 'no');
});

t.test('nobody else is judged here', async (t) => {
  t.equal(ask('deploy', 'holdfast-tmux@deploy.service', 'start'), 'not handled');
  t.equal(
    ask('holdfast', 'holdfast-tmux@deploy.service', 'start', 'manage-unit-files'),
    'not handled',
  );
});
