import * as v from 'valibot';
import { ProtocolFailure } from '../../model/failure.ts';
import { type Finding, maxReason } from '../../model/health.ts';
import { printable } from '../../model/text/printable.ts';

/** What a link answers with; it runs as the owner of the session, so all of it is hostile input. */
const answer = v.object({
  status: v.picklist(['ok', 'degraded', 'failed']),
  reason: v.pipe(v.string(), v.maxLength(1000)),
});

/** @throws ProtocolFailure `invalid-answer` */
export const readProbeAnswer = (given: unknown, redact: (text: string) => string): Finding => {
  const read = v.safeParse(answer, given);
  if (!read.success) {
    throw new ProtocolFailure('invalid-answer', 'the link did not answer a probe');
  }
  const { status, reason } = read.output;
  return { status, reason: redact(printable(reason)).slice(0, maxReason) };
};
