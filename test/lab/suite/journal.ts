import { strict as assert } from 'node:assert';
import { eventsAfter } from '../deployed/events.ts';
import { clockOf, untilWell } from '../deployed/status.ts';
import { killVictim, victim } from '../deployed/victim.ts';
import type { Check, Suite } from '../suite.ts';
import { until } from '../until.ts';
import { deploy } from './deploy.ts';

const jsonLines: Check = {
  name: 'journalctl -u holdfast-agent -o cat | jq . reads every line',
  async run({ machine }) {
    const lines = 'journalctl -u holdfast-agent -o cat';
    const command = `set -o pipefail; ${lines} | jq -c . | wc -l`;
    const { code, stdout } = await machine.run(`bash -c '${command}'`);
    const others = await machine.must(`${lines} | grep -v "^{" | head -n 5 || true`);
    assert.ok(
      code === 0 && Number(stdout) > 0,
      `exit ${code}, lines that are no object: ${others}`,
    );
  },
};

const onlyErrors: Check = {
  name: 'a death is no error of ours; a refused configuration is',
  async run({ machine }) {
    await untilWell(machine);
    const began = Math.floor((await clockOf(machine)) / 1000);
    const errors = async (): Promise<string[]> => {
      const text = await machine.must(`journalctl --since=@${began} -p err -o cat -u 'holdfast*'`);
      // A disk that is shared by many may keep a commit waiting, which is an error rightly.
      return text.split('\n').filter((line) => line !== '' && !line.includes('"log-stalled"'));
    };
    await killVictim(machine);
    assert.deepEqual(await errors(), []);
    const file = '/etc/holdfast/sessions.d/lab.yaml';
    await machine.must(`echo 'oops: {}' >${file}; systemctl reload holdfast-agent; rm ${file}`);
    await machine.must('systemctl reload holdfast-agent');
    const found = async () => ((await errors()).length > 0 ? errors() : null);
    for (const line of await until('the refusal is an error', found, 120_000)) {
      assert.match(line, /oops|configuration/);
    }
  },
};

const fields: Check = {
  name: 'one session, one incident, one kind of event; and journalctl -x explains it',
  async run({ machine }) {
    const { seq } = await untilWell(machine);
    await killVictim(machine);
    const { incident } = await until(
      'its death',
      async () => {
        const events = await eventsAfter(machine, seq);
        return events.find((event) => event.type === 'session.died')?.data;
      },
      120_000,
    );
    const entries = async (match: string): Promise<Record<string, string>[]> => {
      const text = await machine.must(`journalctl --output=json ${match}`);
      return text.split('\n').map((line) => JSON.parse(line) as Record<string, string>);
    };
    // journald takes what it is told when its processor comes to it.
    const died = await until(
      'its death in the journal',
      async () =>
        (await entries(`HOLDFAST_INCIDENT=${incident}`)).find(
          (entry) => entry['HOLDFAST_EVENT'] === 'session.died',
        ),
      60_000,
    );
    assert.equal(died['HOLDFAST_SESSION'], victim);
    const ofSession = await entries(`HOLDFAST_SESSION=${victim}`);
    assert.ok(ofSession.some((entry) => entry['HOLDFAST_INCIDENT'] === `${incident}`));
    // An entry about several sessions names each.
    assert.ok(ofSession.every((entry) => [entry['HOLDFAST_SESSION']].flat().includes(victim)));
    const id = died['MESSAGE_ID'];
    const ofKind = await entries(`MESSAGE_ID=${id}`);
    assert.ok(ofKind.every((entry) => entry['HOLDFAST_EVENT'] === 'session.died'));
    const explained = await machine.must(`journalctl -x --no-pager HOLDFAST_INCIDENT=${incident}`);
    assert.match(explained, new RegExp(`^(--|░░) .*holdfast why ${incident}`, 'm'));
  },
};

export const journal: Suite = {
  name: 'journal',
  about: 'what journalctl finds, and how it explains it',
  after: deploy,
  checks: [jsonLines, onlyErrors, fields],
};
