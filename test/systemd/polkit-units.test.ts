import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import t from 'tap';
import { polkitRule, polkitRuleFile } from '../../agent/model/polkit-rule.ts';

type Rule = (action: object, subject: object) => string | undefined;

const Result = { YES: 'yes', NO: 'no', NOT_HANDLED: 'not handled' };

/** Files as polkit reads them: by their names; the first rule that says something counts. */
const rulesOf = (files: Record<string, string>): Rule[] => {
  const rules: Rule[] = [];
  const polkit = { Result, addRule: (rule: Rule) => rules.push(rule) };
  for (const name of Object.keys(files).sort()) runInNewContext(files[name] ?? '', { polkit });
  return rules;
};

const packaged = '50-holdfast.rules';
const rules = rulesOf({
  [basename(polkitRuleFile)]: polkitRule(['telegram-gateway.service', 'bot@a.service']),
  [packaged]: readFileSync(join(import.meta.dirname, `../../systemd/${packaged}`), 'utf8'),
});

const ask = (user: string, unit: string | undefined, verb: string | undefined, id = 'units') => {
  const action = {
    id: `org.freedesktop.systemd1.manage-${id}`,
    lookup: (key: string) => (key === 'unit' ? unit : verb),
  };
  for (const rule of rules) {
    const said = rule(action, { user });
    if (said !== Result.NOT_HANDLED) return said;
  }
  return Result.NOT_HANDLED;
};

t.test('the agent may stop and restart the declared units', async (t) => {
  for (const unit of ['telegram-gateway.service', 'bot@a.service']) {
    for (const verb of ['stop', 'restart']) t.equal(ask('holdfast', unit, verb), 'yes');
  }
  t.equal(ask('holdfast', 'holdfast-tmux@deploy.service', 'start'), 'yes', 'as before');
});

t.test('it may nothing else', async (t) => {
  for (const verb of [
    'start',
    'reload',
    'kill',
    'set-property',
    'reset-failed',
    'Start',
    '',
    undefined,
  ]) {
    t.equal(ask('holdfast', 'telegram-gateway.service', verb), 'no', String(verb));
  }
  for (const unit of [
    ...['ssh.service', 'telegram-gateway.serviceX', 'Xtelegram-gateway.service', 'constructor'],
    ...['telegram-gateway', 'bot@b.service', 'bot@.service', '', 'a\ntelegram-gateway.service'],
    undefined,
  ]) {
    t.equal(ask('holdfast', unit, 'stop'), 'no', String(unit));
  }
  t.equal(ask('holdfast', 'telegram-gateway.service', 'start', 'unit-files'), 'not handled');
});

t.test('nobody else gains a right by it', async (t) => {
  for (const user of ['deploy', 'holdfast-notifier', 'root']) {
    t.equal(ask(user, 'telegram-gateway.service', 'stop'), 'not handled', user);
  }
});

t.test('without units it says nothing', async (t) => {
  const [rule] = rulesOf({ 'a.rules': polkitRule([]) });
  const action = { id: 'org.freedesktop.systemd1.manage-units', lookup: () => 'stop' };
  t.equal(rule?.(action, { user: 'holdfast' }), Result.NOT_HANDLED);
});
