import * as v from 'valibot';
import { ProtocolFailure } from '../../model/failure.ts';
import type { TmuxLog } from '../../protocol/link.ts';
import { count, text } from './message-fields.ts';

/** What a link answers with; it runs as the owner of the server, so all of it is hostile input. */
const answer = v.object({
  log: v.nullable(
    v.object({
      at: count,
      clock: v.pipe(v.string(), v.regex(/^\d\d:\d\d$/)),
      limit: count,
      lines: v.pipe(v.array(text(400)), v.maxLength(2000)),
      cut: v.boolean(),
      clients: v.pipe(v.array(v.object({ name: text(100), pid: count })), v.maxLength(100)),
    }),
  ),
});

/** @throws ProtocolFailure `invalid-answer` */
export const checkTmuxLog = (given: unknown): TmuxLog | null => {
  const read = v.safeParse(answer, given);
  if (read.success) return read.output.log;
  throw new ProtocolFailure('invalid-answer', 'the link did not answer with the log of a server');
};
