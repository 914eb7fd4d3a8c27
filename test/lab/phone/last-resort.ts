import { lastOrder } from '../../telegram/phone.ts';
import { phoneOf, tellingMs } from '../deployed/phone.ts';
import { untilWell } from '../deployed/status.ts';
import type { Check, Lab } from '../suite.ts';

const units = ['holdfast-agent', 'holdfast-notifier'];

/** As after an upgrade that went wrong: they end, and do not come back. */
const breakUnits = `
  for unit in ${units.join(' ')}; do
    mkdir -p /run/systemd/system/$unit.service.d
    printf '[Service]\\nExecStart=\\nExecStart=/bin/false\\n' >/run/systemd/system/$unit.service.d/90-lab.conf
  done
  rm -f /var/lib/holdfast-notifier/last-resort/*
  systemctl daemon-reload
  systemctl kill --signal=KILL ${units.join(' ')}`;

const mendUnits = `
  for unit in ${units.join(' ')}; do rm -f /run/systemd/system/$unit.service.d/90-lab.conf; done
  systemctl daemon-reload
  systemctl reset-failed
  systemctl restart ${units.join(' ')}`;

const limits = { limitMs: 300_000 };

const untilTold = async ({ machine, measure }: Lab, what: string, looks: RegExp, after: number) => {
  const from = Date.now();
  const options = { after, limitMs: tellingMs + 60_000 };
  const { versions } = await phoneOf(machine).until(what, looks, options);
  measure(what, (versions[0].at - from) / 1000, 's');
};

export const lastResort: Check = {
  name: 'agent and notifier that do not come back: systemd tells the phone of both',
  async run(lab) {
    const { machine } = lab;
    await untilWell(machine);
    const after = lastOrder(machine.telegram);
    try {
      await machine.must(breakUnits, limits);
      const told = units.map((unit) =>
        untilTold(
          lab,
          `${unit} that stays down is told after`,
          new RegExp(`${unit}\\.service failed`),
          after,
        ),
      );
      await Promise.all(told);
    } finally {
      await machine.must(mendUnits, limits);
    }
    await untilWell(machine);
  },
};

export const silentAgent: Check = {
  name: 'an agent that is stopped and stays away is told by the notifier, and so is that it is back',
  async run(lab) {
    const { machine } = lab;
    await untilWell(machine);
    const after = lastOrder(machine.telegram);
    const silent = 'agent does not answer';
    try {
      await machine.must('systemctl stop holdfast-agent', limits);
      await untilTold(lab, 'a stopped agent is told after', new RegExp(silent), after);
    } finally {
      await machine.must('systemctl start holdfast-agent', limits);
    }
    await untilWell(machine);
    const back = { after, ...limits };
    await phoneOf(machine).until('that it is back', new RegExp(`Resolved[^]*${silent}`), back);
  },
};
