import type { Explanations } from './explanation.ts';

export const unitExplanations: Explanations<'unit'> = {
  'unit.died': {
    subject: 'The unit @HOLDFAST_SESSION@ died',
    meaning:
      'A declared unit ended and nobody asked systemd for it. What systemd found is @HOLDFAST_REASON@. Whether it is started again is said by Restart= in the unit; Holdfast does not do it.',
    look: '`holdfast why NAME` shows who did it and its last lines, `journalctl -u UNIT -n 50` more of them.',
  },
  'unit.ended': {
    subject: 'The unit @HOLDFAST_SESSION@ ended',
    meaning:
      'A declared unit was stopped, or its program was done. Holdfast leaves it so: what an operator stops stays stopped.',
    look: 'Nothing has to be done if you meant it. `holdfast start NAME` starts it again.',
  },
  'unit.up': {
    subject: 'The unit @HOLDFAST_SESSION@ runs',
    meaning: 'A declared unit runs, by the word of systemd.',
    look: 'Nothing has to be done.',
  },
  'unit.failed': {
    subject: 'systemd gave up the unit @HOLDFAST_SESSION@',
    meaning:
      'The unit does not run and systemd does not start it again: it died too often (StartLimitBurst=), or its Restart= does not cover this end. Holdfast is no second supervisor and leaves it as well.',
    look: '`systemctl status UNIT` and `journalctl -u UNIT -n 50`. When the reason is mended: `sudo systemctl reset-failed UNIT`, then `holdfast start NAME`.',
  },
};
