import type { SuppressionReason } from '../../exporters/notifier/classify/route.ts';

/** Why something is not told. A reason without a text does not compile. */
export const reasonMeanings: Readonly<Record<SuppressionReason, string>> = {
  held: 'More is about to be known, or it may mend itself: see when each kind is told. It is told when that time is over.',
  'mended-in-time': 'It was over before the time for which it was held. Nobody is told.',
  'below-threshold':
    'It is less serious than `minSeverity` of the channel. It is told when it becomes more serious.',
  silenced:
    'A silence covers all of its sessions. What still goes on is told when the silence ends; what was over by then is not.',
  'quiet-hours':
    'People sleep, and it is not critical. It is told when the quiet hours end, once and as it is then.',
  inhibited:
    'It is part of something that is told: the socket of a server that hangs or died, the recovery on one that hangs, a restart that an incident tells of. What still goes on afterwards is told.',
  folded: 'It came with many others and is told in one message with them.',
  expired:
    'It could not be told for so long that nobody needs to hear of it any more. It is told if it changes.',
};
