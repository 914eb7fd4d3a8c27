import { strict as assert } from 'node:assert';
import { clockOf, eventsSince, untilWell } from '../deployed/say.ts';
import type { Check, Suite } from '../suite.ts';
import { until } from '../until.ts';
import { deploy } from './deploy.ts';

const jsonLines: Check = {
  name: 'journalctl -u holdfast-agent -o cat | jq . reads every line',
  async run({ machine }) {
    const command = 'set -o pipefail; journalctl -u holdfast-agent -o cat | jq -c . | wc -l';
    assert.ok(Number(await machine.must(`bash -c '${command}'`)) > 0);
  },
};

const onlyErrors: Check = {
  name: 'a death is no error of ours; a refused configuration is',
  async run({ machine }) {
    await untilWell(machine);
    const errors = async (since: number): Promise<string[]> => {
      const unit = `_SYSTEMD_UNIT=holdfast-agent.service`;
      const text = await machine.must(`journalctl --since=@${since} -p err -o cat ${unit}`);
      return text.split('\n').filter((line) => line !== '');
    };
    const began = Math.floor((await clockOf(machine)) / 1000);
    await machine.must('kill -9 $(pgrep -o -u deploy -x sleep)');
    await untilWell(machine);
    assert.deepEqual(await errors(began), []);
    const file = '/etc/holdfast/sessions.d/lab.yaml';
    await machine.must(`echo 'oops: {}' >${file}; systemctl reload holdfast-agent; rm ${file}`);
    await machine.must('systemctl reload holdfast-agent');
    const found = await until(
      'the refusal is an error',
      async () => {
        const lines = await errors(began);
        return lines.length > 0 ? lines : null;
      },
      30_000,
    );
    for (const line of found) assert.match(line, /oops|configuration/);
  },
};

const fields: Check = {
  name: 'one session, one incident, one kind of event; and journalctl -x explains it',
  async run({ machine }) {
    const events = await eventsSince(machine, (await clockOf(machine)) - 3_600_000);
    const died = events.findLast(({ type }) => type === 'session.died');
    if (died?.type !== 'session.died') throw new Error('nothing died within the hour');
    const { session, incident } = died.data;
    const entries = async (match: string): Promise<Record<string, string>[]> => {
      const text = await machine.must(`journalctl --output=json ${match}`);
      return text.split('\n').map((line) => JSON.parse(line) as Record<string, string>);
    };
    const [entry] = (await entries(`HOLDFAST_INCIDENT=${incident}`)).filter(
      (one) => one['HOLDFAST_EVENT'] === 'session.died',
    );
    assert.equal(entry?.['HOLDFAST_SESSION'], session);
    assert.ok((await entries(`HOLDFAST_SESSION=${session}`)).length > 0);
    const id = entry?.['MESSAGE_ID'];
    assert.ok((await entries(`MESSAGE_ID=${id}`)).every((one) => one['MESSAGE_ID'] === id));
    const explained = await machine.must(`journalctl -x --no-pager MESSAGE_ID=${id} | tail -n 40`);
    assert.match(explained, new RegExp(`holdfast why ${incident}|Subject`));
  },
};

export const journal: Suite = {
  name: 'journal',
  about: 'what journalctl finds, and how it explains it',
  after: deploy,
  checks: [jsonLines, onlyErrors, fields],
};
