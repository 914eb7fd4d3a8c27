import * as v from 'valibot';
import { maxNameOfBot } from '../../model/bot/bots.ts';
import { type Beat, connectionStates, maxBeatBytes, maxNames } from '../../protocol/heartbeat.ts';
import { readMessage } from '../../wire/jsonrpc.ts';

/** The greatest time that Date knows, ms. */
const maxTime = 8.64e15;

/** More than is kept: that is cut once it is redacted. */
const maxWords = 2000;

const number = v.pipe(v.number(), v.finite(), v.minValue(0));
const count = v.pipe(number, v.maxValue(Number.MAX_SAFE_INTEGER));
const time = v.pipe(number, v.maxValue(maxTime));
const timeOrNone = v.nullable(time);

/** Words are cut, not refused. */
const words = (max: number) =>
  v.pipe(
    v.string(),
    v.transform((given) => given.slice(0, max).toWellFormed()),
  );

/** A name is a key and a label: no controls, nothing invisible, and none that every object has. */
const name = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(maxNameOfBot),
  v.regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u),
  v.check((given) => !(given in Object.prototype)),
);

const traffic = v.object({ count, lastAt: timeOrNone });

const record = <T extends v.GenericSchema>(value: T) =>
  v.pipe(
    v.record(name, value),
    v.check((given) => Object.keys(given).length <= maxNames, 'too many names'),
  );

const error = v.object({
  at: time,
  name: words(maxWords),
  message: words(maxWords),
  // Nobody keeps it.
  stack: words(0),
});

/** What a bot may say. Anybody may write it: sizes are bounded, and what does not fit is refused whole. */
const schema = v.object({
  bot: v.exactOptional(name),
  at: time,
  startedAt: time,
  delta: v.exactOptional(v.literal(true)),
  connection: v.exactOptional(v.picklist(connectionStates)),
  why: v.exactOptional(words(maxWords)),
  in: v.exactOptional(traffic),
  out: v.exactOptional(traffic),
  reconnects: v.exactOptional(count),
  session: v.exactOptional(
    v.object({ createdAt: timeOrNone, refreshedAt: timeOrNone, expiresAt: timeOrNone }),
  ),
  errors: v.exactOptional(v.object({ count, last: v.nullable(error) })),
  counters: v.exactOptional(record(count)),
  timings: v.exactOptional(record(v.object({ count, sumMs: count, maxMs: count }))),
  needs: v.exactOptional(
    v.nullable(
      v.object({
        kind: v.picklist(['qr', 'code', 'login']),
        text: v.pipe(v.string(), v.maxLength(4096)),
      }),
    ),
  ),
}) satisfies v.GenericSchema<unknown, Beat>;

/** One line as a beat; null: it is none. */
export const readBeat = (line: string): Beat | null => {
  if (Buffer.byteLength(line) > maxBeatBytes) return null;
  const message = readMessage(line);
  if (message.kind !== 'notification' || message.method !== 'beat') return null;
  const result = v.safeParse(schema, message.params);
  return result.success ? result.output : null;
};
