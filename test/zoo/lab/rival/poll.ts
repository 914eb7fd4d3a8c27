import type { Rival } from '../rival.ts';

const file = '/run/zoo-poll';
const unit = 'zoo-poll';
const snapshot = 'ps -eo pid=,ppid=,uid=,args= --cols 400';

/**
 * It cannot tell who of them killed: that the killer is in a snapshot at all counts as if it had named him.
 */
export const poll: Rival = {
  name: 'poll',
  sentence: 'the process table, written down once a second: a killer who is in it counts as named',
  start: (machine) =>
    machine.must(
      `systemd-run --quiet --collect --unit=${unit} sh -c 'while :; do ${snapshot} >>${file}; sleep 1; done'`,
    ),
  stop: (machine) => machine.must(`systemctl stop ${unit}`),
  // Read once: what was there before the next death is not told again.
  told: (machine) => machine.must(`cat ${file}; : >${file}`),
};
