import * as v from 'valibot';
import { cutToJson } from '../../model/json-size.ts';

/** Room for the longest name a configuration may declare: 200 characters of four bytes each. */
const maxNameBytes = 1000;

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
/** Names are cut, not refused: on a server of his own the owner may call a session what he likes. */
export const name = v.pipe(
  v.string(),
  v.transform((given) => cutToJson(given, maxNameBytes)),
);
/** As configured, or made from a socket's name; it is looked up in records, and none may be every object's. */
export const server = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9-]{1,40}$/),
  v.check((given) => !(given in Object.prototype)),
);
export const tmuxId = v.pipe(v.string(), v.regex(/^\$\d{1,10}$/));
export const paneId = v.pipe(v.string(), v.regex(/^%\d{1,10}$/));
export const instance = v.object({ pid: v.pipe(count, v.minValue(1)), startTime: count });
