import { strict as assert } from 'node:assert';
import { basename } from 'node:path';
import { debFile } from '../deployed/deb.ts';
import { play } from '../deployed/deploy.ts';
import { assertNoSecret, sessionCount } from '../deployed/settings.ts';
import { statusOf, untilWell } from '../deployed/status.ts';
import { undisturbed } from '../deployed/undisturbed.ts';
import { secondsOf } from '../seconds.ts';
import type { Check, Suite } from '../suite.ts';

const lints: Check = {
  name: 'ansible-lint finds nothing, by its production profile',
  async run({ controller }) {
    const { must } = await controller();
    await must(
      'cd /srv/checkout/ansible && ansible-lint --offline --nocolor --profile production',
      {
        limitMs: 900_000,
      },
    );
  },
};

const lintian: Check = {
  name: 'lintian has no errors',
  async run({ controller }) {
    const { must } = await controller();
    const file = `/srv/checkout/dist/${basename(debFile())}`;
    await must(`lintian --fail-on error --no-tag-display-limit ${file}`, { limitMs: 900_000 });
  },
};

const fromNothing: Check = {
  name: 'the role deploys from nothing',
  essential: true,
  async run({ machine, controller, measure }) {
    const ansible = await controller();
    const seconds = await secondsOf(async () => {
      const { failed, output } = await play(machine, ansible, 'site.yml');
      assert.equal(failed, 0);
      assertNoSecret(output);
    });
    measure('deploying from nothing', seconds, 's');
    await untilWell(machine);
    const { sessions, servers } = await statusOf(machine);
    assert.equal(sessions.filter(({ declared }) => declared).length, sessionCount);
    assert.deepEqual(
      servers.map(({ status }) => status),
      ['alive', 'alive'],
    );
  },
};

const again: Check = {
  name: 'a second run changes nothing, and no session',
  async run({ machine, controller, measure }) {
    const ansible = await controller();
    const deployAgain = async () => {
      const { changed, output } = await play(machine, ansible, 'site.yml');
      assert.equal(changed, 0, output);
    };
    await undisturbed(machine, async () => {
      measure('deploying again', await secondsOf(deployAgain), 's');
    });
  },
};

const bothOwners: Check = {
  name: 'each owner finds his sessions by plain tmux ls, and no others',
  async run({ machine }) {
    const deploy = await machine.as('deploy').must('tmux ls -F "#{session_name}"');
    const alice = await machine.as('alice').must('tmux ls -F "#{session_name}"');
    assert.equal(deploy.split('\n').length, sessionCount - 1);
    assert.equal(alice, 'hers');
  },
};

export const deploy: Suite = {
  name: 'deploy',
  about: 'the Ansible role, on a bare machine and again',
  checks: [lints, lintian, fromNothing, again, bothOwners],
};
