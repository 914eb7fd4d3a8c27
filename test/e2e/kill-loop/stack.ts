import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { type Child, startChild } from '../child.ts';
import { type Rig, startRig } from '../rig.ts';
import { type ScriptedLink, startScriptedLink } from '../scripted-link.ts';
import type { Hook } from './hook.ts';
import type { Phones } from './phones.ts';

/** Agent and notifier, with many servers that can die; both can be killed. */
export interface Stack {
  readonly rig: Rig;
  readonly link: ScriptedLink;
  readonly outbox: string;
  readonly notifier: Child;
  /** How often the notifier was killed. */
  readonly notifierKills: number;
  killAgent(): Promise<void>;
  /** Does not wait until the next one does its work: it may be killed before. */
  killNotifier(): Promise<void>;
}

const program = join(import.meta.dirname, '../../../exporters/notifier/main.ts');

export const startStack = async (
  t: Test,
  servers: readonly string[],
  { hook, phones }: { hook: Hook; phones: Phones },
): Promise<Stack> => {
  const config = JSON.stringify({
    servers: Object.fromEntries(servers.map((name) => [name, { adopt: `/nowhere/${name}` }])),
    alerts: { webhooks: { all: hook.config }, telegram: phones.config },
  });
  const keep = (home: string, name: string, secret: string): void =>
    writeFileSync(join(home, 'etc/credentials', name), secret, { mode: 0o600 });
  const rig = await startRig(t, {
    config,
    link: false,
    prepare: (home) => {
      mkdirSync(join(home, 'etc/credentials'), { mode: 0o700 });
      keep(home, hook.config.secretCredential, hook.secret);
      keep(home, 'telegram-token', phones.token);
    },
  });
  const link = startScriptedLink(rig.paths.linkSocket, servers);
  t.teardown(() => link.close());

  const startNotifier = (): Child => startChild(program, ['--home', rig.home], process.env);
  let notifier = startNotifier();
  let notifierKills = 0;
  t.teardown(() => notifier.kill('SIGKILL'));
  await notifier.ready;
  await phones.pair(rig.client);

  return {
    ...{ rig, link, outbox: join(rig.paths.notifierDir, 'outbox.db') },
    get notifier() {
      return notifier;
    },
    get notifierKills() {
      return notifierKills;
    },
    killAgent: async () => {
      await rig.agent.kill('SIGKILL');
      await rig.startAgent();
    },
    killNotifier: async () => {
      await notifier.kill('SIGKILL');
      notifierKills += 1;
      notifier = startNotifier();
    },
  };
};
