import type { SuppressionReason } from '../../exporters/notifier/classify/route.ts';

/** Why something is not told. A reason without a text does not compile. */
export const reasonMeanings: Readonly<Record<SuppressionReason, string>> = {
  held: 'More is about to be known, or it may mend itself: see when each kind is told. It is told when that time is over.',
  'mended-in-time':
    'It was over while it was held, and had not been told before. Nobody is told. A death is never kept back for this: `session-died` is told as over.',
  'below-threshold':
    'It is less serious than `minSeverity` of the channel. It is told when it becomes serious enough.',
  silenced:
    'A silence covers all of its sessions. What still goes on is told when the silence ends, unless it is `expired` by then; what was over by then is not told.',
  'quiet-hours':
    'People sleep, and it is not critical. It is told when the quiet hours end, once and as it is then, also as over, unless it is `expired` by then.',
  inhibited:
    'It is part of something that is told: the socket of a server that hangs or died, the recovery on one that hangs, a link while the agent does not answer, a restart that an incident tells of. What still goes on afterwards is told; what was over by then is not.',
  folded: 'It came with many others and is told in one message with them.',
  expired:
    'It was not told for so long after its last change that nobody needs to hear of it any more. It is told if it changes, or is over.',
};
